import { ApiError, invalidInput } from "./api-error.ts";
import { newEntity } from "./named-objects.ts";
import type { PrimaryIpRecord } from "./records.ts";
import { defaultPointer } from "./reverse-dns.ts";
import type { Project } from "./routing.ts";

/** An address of the right family that nobody has, from the documentation ranges. */
export function newPrimaryIp(
	project: Project,
	wish: {
		name: string;
		type: "ipv4" | "ipv6";
		location: string;
		auto_delete: boolean;
		labels?: Record<string, string> | undefined;
	},
): PrimaryIpRecord {
	const taken = new Set(project.store.list("primary_ips").map(({ ip }) => ip));
	const pool = wish.type === "ipv4" ? ipv4Pool() : ipv6Pool();
	for (const ip of pool) {
		if (taken.has(ip)) continue;
		return project.store.add("primary_ips", {
			...newEntity(project, wish.name, wish.labels),
			type: wish.type,
			ip,
			location: wish.location,
			assignee_id: null,
			auto_delete: wish.auto_delete,
			protection: { delete: false },
			dns_ptr:
				wish.type === "ipv4" ? [{ ip, dns_ptr: defaultPointer(ip) }] : [],
		});
	}
	throw new ApiError(503, "resource_unavailable", "no address is left");
}

/** RFC 5737's three networks. */
function* ipv4Pool(): Generator<string> {
	for (const prefix of ["203.0.113", "198.51.100", "192.0.2"]) {
		for (let host = 1; host < 255; host++) yield `${prefix}.${host}`;
	}
}

/** Networks of 64 bits in RFC 3849's. */
function* ipv6Pool(): Generator<string> {
	for (let net = 1; net < 0xffff; net++)
		yield `2001:db8:0:${net.toString(16)}::/64`;
}

/** @throws ApiError if the address or the server is not free for it */
export function assign(
	{ store }: Project,
	address: PrimaryIpRecord,
	serverId: number,
	isNew = false,
): void {
	const server = store.get("servers", serverId);
	if (address.assignee_id !== null) {
		throw new ApiError(
			422,
			"primary_ip_already_assigned",
			"primary IP is already assigned",
		);
	}
	if (address.location !== server.location) {
		throw invalidInput("primary IP is in another location than the server");
	}
	const second = store
		.list("primary_ips")
		.some(
			(other) => other.assignee_id === serverId && other.type === address.type,
		);
	if (second) {
		throw new ApiError(
			422,
			`server_has_${address.type}`,
			"server has such an address already",
		);
	}
	if (!isNew && server.status !== "off") throw mustBeOff();
	address.assignee_id = serverId;
}

export function mustBeOff(): ApiError {
	return new ApiError(422, "server_not_stopped", "server must be powered off");
}
