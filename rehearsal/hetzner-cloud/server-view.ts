import { findImage } from "./catalogue/images.ts";
import { findLocation } from "./catalogue/locations.ts";
import {
	type CatalogueType,
	findServerType,
	INCLUDED_TRAFFIC,
	serverTypeView,
} from "./catalogue/server-types.ts";
import { firewallsOf } from "./firewall-targets.ts";
import { placementGroupView } from "./placement-groups.ts";
import type { ServerRecord } from "./records.ts";
import type { Project } from "./routing.ts";

/** A server as the API tells it. */
export function serverView(project: Project, server: ServerRecord) {
	const { store, actions, faults } = project;
	const addresses = store
		.list("primary_ips")
		.filter(({ assignee_id }) => assignee_id === server.id);
	const v4 = addresses.find(({ type }) => type === "ipv4");
	const v6 = addresses.find(({ type }) => type === "ipv6");
	const group =
		server.placement_group === null
			? undefined
			: store.state.placement_groups[server.placement_group];
	return {
		id: server.id,
		name: server.name,
		status: server.status,
		created: server.created,
		labels: server.labels,
		locked: actions.running("server", server.id),
		location: findLocation(server.location),
		server_type: serverTypeView(
			findServerType(server.server_type) as CatalogueType,
			faults,
		),
		image: findImage(server.image) ?? null,
		iso: null,
		rescue_enabled: server.rescue_enabled,
		backup_window: server.backup_window,
		outgoing_traffic: 0,
		ingoing_traffic: 0,
		included_traffic: INCLUDED_TRAFFIC,
		primary_disk_size: server.disk,
		protection: server.protection,
		volumes: [],
		load_balancers: [],
		placement_group: group ? placementGroupView(project, group) : null,
		private_net: server.private_net,
		public_net: {
			ipv4: v4
				? {
						id: v4.id,
						ip: v4.ip,
						blocked: false,
						dns_ptr: v4.dns_ptr[0]?.dns_ptr ?? "",
					}
				: null,
			ipv6: v6
				? { id: v6.id, ip: v6.ip, blocked: false, dns_ptr: v6.dns_ptr }
				: null,
			floating_ips: [],
			firewalls: firewallsOf(project, server).map((id) => ({
				id,
				status: "applied",
			})),
		},
	};
}
