import { z } from "zod";
import { assign, mustBeOff, newPrimaryIp } from "./address-pool.ts";
import { ApiError, invalidInput, protectedError } from "./api-error.ts";
import { findLocation } from "./catalogue/locations.ts";
import { labelsField } from "./labels.ts";
import { namedRoutes, nameField } from "./named-objects.ts";
import type { PrimaryIpRecord } from "./records.ts";
import { changeDnsPtr } from "./reverse-dns.ts";
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
