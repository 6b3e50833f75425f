import { ApiError } from "./api-error.ts";
import { findLocation } from "./catalogue/locations.ts";
import { privateAddress } from "./private-addresses.ts";
import type { ServerRecord } from "./records.ts";
import type { Project } from "./routing.ts";

/** @throws ApiError if the server is attached already, or there is no address for it */
export function attach(
	project: Project,
	server: ServerRecord,
	wish: {
		network: number;
		ip?: string | undefined;
		alias_ips?: string[] | undefined;
		ip_range?: string | undefined;
	},
): void {
	const network = project.store.get("networks", wish.network);
	if (server.private_net.some(({ network: id }) => id === network.id)) {
		throw new ApiError(
			422,
			"server_already_attached",
			"server is already attached to the network",
		);
	}
	const zone = findLocation(server.location)?.network_zone ?? "";
	const ip = privateAddress(project, network, zone, wish.ip, wish.ip_range);
	server.private_net.push({
		network: network.id,
		ip,
		alias_ips: wish.alias_ips ?? [],
		mac_address: macAddress(server.id, network.id),
	});
}

/** @throws ApiError if the server is not attached */
export function detach(server: ServerRecord, networkId: number): void {
	attachment(server, networkId);
	server.private_net = server.private_net.filter(
		({ network }) => network !== networkId,
	);
}

/** @throws ApiError if the server is not attached */
export function attachment(server: ServerRecord, networkId: number) {
	const found = server.private_net.find(({ network }) => network === networkId);
	if (!found) {
		throw new ApiError(
			422,
			"network_not_attached",
			"server is not attached to the network",
		);
	}
	return found;
}

/** A locally administered address that stays the same. */
function macAddress(serverId: number, networkId: number): string {
	const hex = (serverId * 65_536 + (networkId % 65_536))
		.toString(16)
		.padStart(10, "0")
		.slice(-10);
	return ["86", ...(hex.match(/../g) ?? [])].join(":");
}
