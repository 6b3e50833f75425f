# Every resource and data source of the hcloud provider among the kinds of the embedded cloud.
terraform {
  required_providers {
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "1.68.0"
    }
  }
}

provider "hcloud" {
  poll_interval = "20ms"
}

variable "server_type" {
  default = "cx33"
}

variable "label" {
  default = "first"
}

variable "protection" {
  default = false
}

resource "hcloud_ssh_key" "key" {
  name       = "key"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPij35SU+Otwzu3fhgK/B+DmiQFN497ep8Dvg2Zskcs7"
  labels     = { state = var.label }
}

resource "hcloud_placement_group" "spread" {
  name   = "spread"
  type   = "spread"
  labels = { state = var.label }
}

resource "hcloud_primary_ip" "v4" {
  name              = "v4"
  type              = "ipv4"
  location          = "hel1"
  auto_delete       = false
  delete_protection = var.protection
  labels            = { state = var.label }
}

resource "hcloud_network" "net" {
  name              = "net"
  ip_range          = "10.0.0.0/16"
  delete_protection = var.protection
  labels            = { state = var.label }
}

resource "hcloud_network_subnet" "subnet" {
  network_id   = hcloud_network.net.id
  type         = "cloud"
  network_zone = "eu-central"
  ip_range     = "10.0.1.0/24"
}

resource "hcloud_network_route" "route" {
  network_id  = hcloud_network.net.id
  destination = "10.100.1.0/24"
  gateway     = "10.0.1.1"
}

resource "hcloud_firewall" "by_id" {
  name   = "by-id"
  labels = { state = var.label }
  rule {
    direction   = "in"
    protocol    = "tcp"
    port        = var.label == "first" ? "22" : "443"
    source_ips  = ["0.0.0.0/0", "::/0"]
    description = var.label
  }
}

resource "hcloud_firewall" "by_label" {
  name = "by-label"
  rule {
    direction  = "in"
    protocol   = "icmp"
    source_ips = ["0.0.0.0/0"]
  }
  apply_to {
    label_selector = "role=web"
  }
}

resource "hcloud_server" "main" {
  name               = "main"
  server_type        = var.server_type
  image              = "debian-13"
  location           = "hel1"
  ssh_keys           = [hcloud_ssh_key.key.id]
  placement_group_id = hcloud_placement_group.spread.id
  firewall_ids       = [hcloud_firewall.by_id.id]
  # The firewall that comes by label is not listed here.
  ignore_remote_firewall_ids = true
  backups                    = true
  keep_disk                  = true
  delete_protection          = var.protection
  rebuild_protection         = var.protection
  labels                     = { state = var.label, role = "web" }
  user_data                  = "#cloud-config\n"
  public_net {
    ipv4 = hcloud_primary_ip.v4.id
  }
}

resource "hcloud_server" "plain" {
  name        = "plain"
  server_type = "cax21"
  image       = "debian-12"
  location    = "nbg1"
}

resource "hcloud_server_network" "attachment" {
  server_id = hcloud_server.main.id
  subnet_id = hcloud_network_subnet.subnet.id
  ip        = "10.0.1.20"
  alias_ips = ["10.0.1.21"]
}

resource "hcloud_firewall" "attached" {
  name = "attached"
}

resource "hcloud_firewall_attachment" "attachment" {
  firewall_id = hcloud_firewall.attached.id
  server_ids  = [hcloud_server.plain.id]
}

resource "hcloud_rdns" "by_address" {
  primary_ip_id = hcloud_primary_ip.v4.id
  ip_address    = hcloud_primary_ip.v4.ip_address
  dns_ptr       = "${var.label}.school.example"
}

resource "hcloud_rdns" "by_server" {
  server_id  = hcloud_server.main.id
  ip_address = hcloud_server.main.ipv6_address
  dns_ptr    = "six.school.example"
}

resource "hcloud_zone" "zone" {
  name              = "school.example"
  mode              = "primary"
  ttl               = var.label == "first" ? 3600 : 7200
  delete_protection = var.protection
  labels            = { state = var.label }
}

resource "hcloud_zone_rrset" "set" {
  zone    = hcloud_zone.zone.name
  name    = "meet"
  type    = "A"
  ttl     = var.label == "first" ? 300 : 600
  labels  = { state = var.label }
  records = [for ip in(var.label == "first" ? ["203.0.113.1"] : ["203.0.113.2", "203.0.113.3"]) : { value = ip }]
}

resource "hcloud_zone_record" "record" {
  zone  = hcloud_zone.zone.name
  name  = "info"
  type  = "TXT"
  value = "\"hello\""
}

data "hcloud_image" "image" {
  name              = "debian-13"
  with_architecture = "x86"
}
data "hcloud_images" "images" {}
data "hcloud_location" "location" {
  name = "nbg1"
}
data "hcloud_locations" "locations" {}
data "hcloud_server_type" "type" {
  name = "cpx32"
}
data "hcloud_server_types" "types" {}
data "hcloud_server" "server" {
  id = hcloud_server.main.id
}
data "hcloud_servers" "servers" {
  with_selector = "role=web"
  depends_on    = [hcloud_server.main]
}
data "hcloud_ssh_key" "key" {
  fingerprint = hcloud_ssh_key.key.fingerprint
}
data "hcloud_ssh_keys" "keys" {
  depends_on = [hcloud_ssh_key.key]
}
data "hcloud_network" "net" {
  id = hcloud_network.net.id
}
data "hcloud_networks" "nets" {
  depends_on = [hcloud_network.net]
}
data "hcloud_firewall" "firewall" {
  id = hcloud_firewall.by_id.id
}
data "hcloud_firewalls" "firewalls" {
  depends_on = [hcloud_firewall.by_id]
}
data "hcloud_placement_group" "group" {
  name       = hcloud_placement_group.spread.name
  depends_on = [hcloud_placement_group.spread]
}
data "hcloud_placement_groups" "groups" {
  depends_on = [hcloud_placement_group.spread]
}
data "hcloud_primary_ip" "address" {
  ip_address = hcloud_primary_ip.v4.ip_address
}
data "hcloud_primary_ips" "addresses" {
  depends_on = [hcloud_primary_ip.v4]
}
data "hcloud_zone" "zone" {
  name = hcloud_zone.zone.name
}
data "hcloud_zones" "zones" {
  depends_on = [hcloud_zone.zone]
}
data "hcloud_zone_rrset" "set" {
  zone = hcloud_zone.zone.name
  id   = hcloud_zone_rrset.set.id
}
data "hcloud_zone_rrsets" "sets" {
  zone       = hcloud_zone.zone.name
  depends_on = [hcloud_zone_rrset.set]
}

output "summary" {
  value = {
    server   = data.hcloud_server.server.name
    servers  = [for server in data.hcloud_servers.servers.servers : server.name]
    location = data.hcloud_location.location.network_zone
    types    = length(data.hcloud_server_types.types.server_types)
    images   = length(data.hcloud_images.images.images)
    records  = [for record in data.hcloud_zone_rrset.set.records : record.value]
  }
}
