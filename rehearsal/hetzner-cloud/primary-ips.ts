import { z } from "zod";
import { ApiError, invalidInput, protectedError } from "./api-error.ts";
import { findLocation } from "./catalogue/locations.ts";
import { labelsField } from "./labels.ts";
import { namedRoutes, nameField, newEntity } from "./named-objects.ts";
import type { PrimaryIpRecord } from "./records.ts";
import { changeDnsPtr, defaultPointer } from "./reverse-dns.ts";
import { created, gone, type Project, type Route, read } from "./routing.ts";

const creation = z.object({
	name: nameField,
	type: z.enum(["ipv4", "ipv6"]),
	location: z.union([z.string(), z.number()]).optional(),
	datacenter: z.unknown().optional(),
	assignee_type: z.enum(["server", "unassigned"]).default("server"),
	assignee_id: z.number().nullish(),
	auto_delete: z.boolean().default(false),
	labels: labelsField.optional(),
});

export function primaryIpRoutes(project: Project): Route[] {
	const { store, actions } = project;
	const one = (params: Readonly<Record<string, string>>) =>
		store.get("primary_ips", params.id ?? "");
	const act = (command: string, { id }: PrimaryIpRecord) =>
		created({ action: actions.start(command, [["primary_ip", id]]) });
	return [
		...namedRoutes(project, "primary_ips", "primary_ip", primaryIpView, {
			filters: {
				ip: ({ ip }: PrimaryIpRecord) => ip,
				type: ({ type }: PrimaryIpRecord) => type,
			},
			also: (address, body) => {
				const { auto_delete } = read(
					z.object({ auto_delete: z.boolean().optional() }),
					body,
				);
				if (auto_delete !== undefined) address.auto_delete = auto_delete;
			},
		}),
		{
			method: "POST",
			path: "/primary_ips",
			handle: ({ body }) => {
				const wish = read(creation, body);
				if (wish.datacenter !== undefined) throw datacenterRemoved();
				const server = wish.assignee_id
					? store.get("servers", wish.assignee_id)
					: undefined;
				const location = findLocation(server?.location ?? wish.location);
				if (!location) {
					throw invalidInput("invalid input in field 'location'", {
						location: ["location or assignee_id is needed"],
					});
				}
				store.assertNameIsFree("primary_ips", wish.name);
				const address = newPrimaryIp(project, {
					...wish,
					location: location.name,
				});
				if (!server) return created({ primary_ip: primaryIpView(address) });
				assign(project, address, server.id);
				return created({
					primary_ip: primaryIpView(address),
					action: actions.start("assign_primary_ip", [
						["primary_ip", address.id],
					]),
				});
			},
		},
		{
			method: "DELETE",
			path: "/primary_ips/:id",
			handle: ({ params }) => {
				const address = one(params);
				if (address.protection.delete) throw protectedError("primary IP");
				if (address.assignee_id !== null) {
					const server = store.get("servers", address.assignee_id);
					if (server.status !== "off") throw mustBeOff();
				}
				store.remove("primary_ips", address.id);
				return gone;
			},
		},
		{
			method: "POST",
			path: "/primary_ips/:id/actions/assign",
			handle: ({ params, body }) => {
				const address = one(params);
				const { assignee_id } = read(
					z.object({
						assignee_id: z.number(),
						assignee_type: z.literal("server"),
					}),
					body,
				);
				assign(project, address, assignee_id);
				return act("assign_primary_ip", address);
			},
		},
		{
			method: "POST",
			path: "/primary_ips/:id/actions/unassign",
			handle: ({ params }) => {
				const address = one(params);
				if (address.assignee_id === null) {
					throw new ApiError(
						422,
						"primary_ip_not_assigned",
						"primary IP is not assigned",
					);
				}
				if (store.get("servers", address.assignee_id).status !== "off")
					throw mustBeOff();
				address.assignee_id = null;
				return act("unassign_primary_ip", address);
			},
		},
		{
			method: "POST",
			path: "/primary_ips/:id/actions/change_protection",
			handle: ({ params, body }) => {
				const address = one(params);
				const protection = read(z.object({ delete: z.boolean() }), body);
				address.protection.delete = protection.delete;
				return act("change_protection", address);
			},
		},
		{
			method: "POST",
			path: "/primary_ips/:id/actions/change_dns_ptr",
			handle: ({ params, body }) => {
				const address = one(params);
				changeDnsPtr(address, body);
				return act("change_dns_ptr", address);
			},
		},
	];
}

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

function mustBeOff(): ApiError {
	return new ApiError(422, "server_not_stopped", "server must be powered off");
}

export function datacenterRemoved(): ApiError {
	return invalidInput("invalid input in field 'datacenter'", {
		datacenter: ["datacenter was removed on 2026-07-01, use location"],
	});
}

function primaryIpView(address: PrimaryIpRecord) {
	return {
		...address,
		assignee_type: "server",
		blocked: false,
		location: findLocation(address.location),
	};
}
