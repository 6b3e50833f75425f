import { ApiError } from "./api-error.ts";
import { labelSelector } from "./label-selector.ts";
import type {
	FirewallRecord,
	FirewallTarget,
	ServerRecord,
} from "./records.ts";
import type { Project } from "./routing.ts";

/** Puts a firewall in front of servers, by id or by label. */
export function applyFirewall(
	{ store, actions }: Project,
	firewall: FirewallRecord,
	targets: readonly FirewallTarget[],
): object[] {
	return targets.map((item) => {
		if (item.type === "server") store.get("servers", item.server.id);
		else labelSelector(item.label_selector.selector);
		if (firewall.applied_to.some((other) => sameTarget(item, other))) {
			throw new ApiError(
				422,
				"firewall_already_applied",
				"firewall is already applied to the resource",
			);
		}
		firewall.applied_to.push(item);
		return actions.start("apply_firewall", [
			["firewall", firewall.id],
			...(item.type === "server" ? [["server", item.server.id] as const] : []),
		]);
	});
}

/** Takes a firewall on a server at its creation. */
export function applyToServer(
	project: Project,
	firewallId: number,
	serverId: number,
): void {
	applyFirewall(project, project.store.get("firewalls", firewallId), [
		{ type: "server", server: { id: serverId } },
	]);
}

/** Forgets a server that is deleted. */
export function forgetServer({ store }: Project, serverId: number): void {
	for (const firewall of store.list("firewalls")) {
		firewall.applied_to = firewall.applied_to.filter(
			(item) => item.type !== "server" || item.server.id !== serverId,
		);
	}
}

/** Ids of the firewalls in front of a server, by name or by label. */
export function firewallsOf(
	{ store }: Project,
	server: ServerRecord,
): number[] {
	return store
		.list("firewalls")
		.filter((firewall) =>
			firewall.applied_to.some((item) =>
				item.type === "server"
					? item.server.id === server.id
					: labelSelector(item.label_selector.selector)(server.labels),
			),
		)
		.map(({ id }) => id);
}

export function serversBehind(
	project: Project,
	firewall: FirewallRecord,
): ServerRecord[] {
	return project.store
		.list("servers")
		.filter((server) => firewallsOf(project, server).includes(firewall.id));
}

export function sameTarget(a: FirewallTarget, b: FirewallTarget): boolean {
	return JSON.stringify(key(a)) === JSON.stringify(key(b));
}

function key(item: FirewallTarget): unknown {
	return item.type === "server" ? item.server.id : item.label_selector.selector;
}
