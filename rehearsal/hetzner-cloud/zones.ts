import { z } from "zod";
import { ApiError, protectedError, uniqueness } from "./api-error.ts";
import { findZone } from "./find-zone.ts";
import { labelsField } from "./labels.ts";
import { listPage } from "./listing.ts";
import { newEntity } from "./named-objects.ts";
import type { ZoneRecord } from "./records.ts";
import { created, ok, type Project, type Route, read } from "./routing.ts";
import { newRrset, rrsetBody } from "./rrset-records.ts";

/** Hetzner's name servers. */
const NAME_SERVERS = [
	"hydrogen.ns.hetzner.com.",
	"oxygen.ns.hetzner.com.",
	"helium.ns.hetzner.de.",
];
const USUAL_TTL = 3600;

const ttl = z.number().int().min(60).max(2_147_483_647);
const nameservers = z
	.array(z.object({ address: z.string(), port: z.number().int().default(53) }))
	.max(10);
const creation = z.object({
	name: z
		.string()
		.max(253)
		.regex(
			/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/,
			"is not a valid domain",
		),
	mode: z.enum(["primary", "secondary"]),
	ttl: ttl.default(USUAL_TTL),
	labels: labelsField.optional(),
	primary_nameservers: nameservers.default([]),
	rrsets: z.array(rrsetBody).default([]),
});

export function zoneRoutes(project: Project): Route[] {
	const { store, actions } = project;
	const one = (params: Readonly<Record<string, string>>) =>
		findZone(project, params.zone ?? "");
	const post = (
		path: string,
		command: string,
		work: (zone: ZoneRecord, body: unknown) => void,
	): Route => ({
		method: "POST",
		path: `/zones/:zone/actions/${path}`,
		handle: ({ params, body }) => {
			const zone = one(params);
			work(zone, body);
			return created({ action: actions.start(command, [["zone", zone.id]]) });
		},
	});
	return [
		{
			method: "GET",
			path: "/zones",
			handle: ({ query }) =>
				ok(
					listPage(store.list("zones").map(zoneView), "zones", query, {
						mode: ({ mode }) => mode,
					}),
				),
		},
		{
			method: "POST",
			path: "/zones",
			handle: ({ body }) => {
				const wish = read(creation, body);
				if (store.list("zones").some(({ name }) => name === wish.name)) {
					throw uniqueness("name", "zone");
				}
				const zone: ZoneRecord = {
					...newEntity(project, wish.name, wish.labels),
					mode: wish.mode,
					ttl: wish.ttl,
					protection: { delete: false },
					primary_nameservers: wish.primary_nameservers,
					rrsets: wish.mode === "primary" ? ownRecords() : [],
				};
				for (const item of wish.rrsets) newRrset(zone, item);
				store.add("zones", zone);
				return created({
					zone: zoneView(zone),
					action: actions.start("create_zone", [["zone", zone.id]]),
				});
			},
		},
		{
			method: "GET",
			path: "/zones/actions",
			handle: ({ query }) => ok(actions.list(query, "zone")),
		},
		{
			method: "GET",
			path: "/zones/:zone",
			handle: ({ params }) => ok({ zone: zoneView(one(params)) }),
		},
		{
			method: "PUT",
			path: "/zones/:zone",
			handle: ({ params, body }) => {
				const zone = one(params);
				const { labels } = read(
					z.object({ labels: labelsField.optional() }),
					body,
				);
				if (labels) zone.labels = labels;
				return ok({ zone: zoneView(zone) });
			},
		},
		{
			method: "DELETE",
			path: "/zones/:zone",
			handle: ({ params }) => {
				const zone = one(params);
				if (zone.protection.delete) throw protectedError("zone");
				store.remove("zones", zone.id);
				return created({
					action: actions.start("delete_zone", [["zone", zone.id]]),
				});
			},
		},
		{
			method: "GET",
			path: "/zones/:zone/zonefile",
			handle: ({ params }) => ok({ zonefile: zoneFile(one(params)) }),
		},
		{
			method: "GET",
			path: "/zones/:zone/actions",
			handle: ({ params, query }) =>
				ok(actions.list(query, "zone", one(params).id)),
		},
		{
			method: "GET",
			path: "/zones/:zone/actions/:action",
			handle: ({ params }) => ok({ action: actions.get(params.action ?? "") }),
		},
		post("change_protection", "change_protection", (zone, body) => {
			zone.protection.delete = read(
				z.object({ delete: z.boolean() }),
				body,
			).delete;
		}),
		post("change_ttl", "change_ttl", (zone, body) => {
			zone.ttl = read(z.object({ ttl }), body).ttl;
		}),
		post(
			"change_primary_nameservers",
			"change_primary_nameservers",
			(zone, body) => {
				if (zone.mode !== "secondary") {
					throw new ApiError(
						422,
						"incorrect_zone_mode",
						"zone is not in secondary mode",
					);
				}
				zone.primary_nameservers = read(
					z.object({ primary_nameservers: nameservers }),
					body,
				).primary_nameservers;
			},
		),
	];
}

/** What a new zone has of itself. */
function ownRecords(): ZoneRecord["rrsets"] {
	const own = { name: "@", labels: {}, protection: { change: false } };
	return [
		{
			...own,
			type: "SOA",
			ttl: USUAL_TTL,
			records: [
				{
					value: `${NAME_SERVERS[0]} dns.hetzner.com. 2026090100 86400 10800 3600000 3600`,
				},
			],
		},
		{
			...own,
			type: "NS",
			ttl: USUAL_TTL,
			records: NAME_SERVERS.map((value) => ({ value })),
		},
	];
}

function zoneView(zone: ZoneRecord) {
	const { rrsets, primary_nameservers, ...rest } = zone;
	return {
		...rest,
		...(zone.mode === "secondary" ? { primary_nameservers } : {}),
		status: "ok",
		record_count: rrsets.reduce((sum, { records }) => sum + records.length, 0),
		registrar: "other",
		authoritative_nameservers: {
			assigned: NAME_SERVERS,
			delegated: [],
			delegation_last_check: zone.created,
			delegation_status: "unregistered",
		},
	};
}

function zoneFile(zone: ZoneRecord): string {
	const lines = zone.rrsets.flatMap(({ name, type, ttl: own, records }) =>
		records.map(
			({ value }) => `${name}\t${own ?? zone.ttl}\tIN\t${type}\t${value}`,
		),
	);
	return `$ORIGIN ${zone.name}.\n$TTL ${zone.ttl}\n${lines.join("\n")}\n`;
}
