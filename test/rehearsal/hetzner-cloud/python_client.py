"""Drives the embedded cloud with Hetzner's own Python client; prints one JSON document."""

import json
import os

from hcloud import APIException, Client
from hcloud.firewalls import FirewallRule
from hcloud.images import Image
from hcloud.locations import Location
from hcloud.networks import NetworkSubnet
from hcloud.server_types import ServerType
from hcloud.zones import ZoneRecord

client = Client(
    token=os.environ["HCLOUD_TOKEN"],
    api_endpoint=os.environ["HCLOUD_ENDPOINT"],
    poll_interval=0.02,
)
result = {}

key = client.ssh_keys.create(name="key", public_key=os.environ["PUBLIC_KEY"])
group = client.placement_groups.create(name="group", type="spread").placement_group
network = client.networks.create(
    name="net",
    ip_range="10.0.0.0/16",
    subnets=[NetworkSubnet(ip_range="10.0.0.0/24", type="cloud", network_zone="eu-central")],
)
firewall = client.firewalls.create(
    name="wall",
    rules=[FirewallRule(direction="in", protocol="tcp", port="22", source_ips=["0.0.0.0/0"])],
).firewall
address = client.primary_ips.create(
    name="v4", type="ipv4", location=Location(name="nbg1"), assignee_type="server", auto_delete=False
).primary_ip
created = client.servers.create(
    name="server",
    server_type=ServerType(name="cx33"),
    image=Image(name="debian-13"),
    location=Location(name="nbg1"),
    ssh_keys=[key],
    networks=[network],
    firewalls=[firewall],
    placement_group=group,
    labels={"role": "test"},
    user_data="#cloud-config\n",
)
created.action.wait_until_finished()
for action in created.next_actions:
    action.wait_until_finished()
server = client.servers.get_by_name("server")
result["server"] = [server.status, server.server_type.name, server.private_net[0].ip, len(server.public_net.firewalls)]
result["selected"] = [item.name for item in client.servers.get_all(label_selector="role in (test, other)")]

server.power_off().wait_until_finished()
server.change_type(ServerType(name="cx43"), upgrade_disk=False).wait_until_finished()
server.power_on().wait_until_finished()
server.change_protection(delete=True, rebuild=True).wait_until_finished()
try:
    server.delete()
except APIException as error:
    result["protected"] = error.code
server.change_protection(delete=False, rebuild=False).wait_until_finished()

zone = client.zones.create(name="school.example", mode="primary").zone
client.zones.create_rrset(zone, name="meet", type="A", ttl=300, records=[ZoneRecord(value=address.ip)])
result["records"] = sorted(f"{rrset.name}/{rrset.type}" for rrset in client.zones.get_rrset_all(zone))

result["catalogue"] = [len(client.locations.get_all()), len(client.server_types.get_all()), client.images.get_by_name_and_architecture("debian-13", "arm").architecture]

server.delete().wait_until_finished()
address.delete()
network.delete()
firewall.delete()
group.delete()
key.delete()
zone.delete()
result["left"] = [
    len(kind.get_all())
    for kind in (client.servers, client.primary_ips, client.networks, client.firewalls, client.placement_groups, client.ssh_keys, client.zones)
]
print(json.dumps(result))
