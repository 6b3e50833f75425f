import { z } from "zod";
import { ApiError, invalidInput } from "./api-error.ts";
import { findZone } from "./find-zone.ts";
import { labelsField } from "./labels.ts";
import { listPage } from "./listing.ts";
import type { RrsetRecord, ZoneRecord } from "./records.ts";
import { created, ok, type Project, type Route, read } from "./routing.ts";
import { checked, newRrset, records, rrsetBody, ttl } from "./rrset-records.ts";

export function rrsetRoutes(project: Project): Route[] {
	const { actions } = project;
	const base = "/zones/:zone/rrsets";
	const one = (params: Readonly<Record<string, string>>) => {
		const zone = findZone(project, params.zone ?? "");
		const rrset = zone.rrsets.find(
			({ name, type }) => name === params.name && type === params.type,
		);
		if (!rrset) {
			throw new ApiError(
				404,
				"not_found",
				`RRSet ${params.name}/${params.type} not found`,
			);
		}
		return { zone, rrset };
	};
	const post = (
		path: string,
		work: (rrset: RrsetRecord, body: unknown, zone: ZoneRecord) => void,
		status = 201,
	): Route => ({
		method: "POST",
		path: `${base}/:name/:type/actions/${path}`,
		handle: ({ params, body }) => {
			const { zone, rrset } = one(params);
			if (path !== "change_protection") assertChangeable(rrset);
			work(rrset, body, zone);
			return {
				status,
				body: { action: actions.start(path, [["zone", zone.id]]) },
			};
		},
	});
	return [
		{
			method: "GET",
			path: base,
			handle: ({ params, query }) => {
				const zone = findZone(project, params.zone ?? "");
				return ok(
					listPage(
						zone.rrsets.map((rrset) => rrsetView(zone, rrset)),
						"rrsets",
						query,
						{ type: ({ type }) => type },
					),
				);
			},
		},
		{
			method: "POST",
			path: base,
			handle: ({ params, body }) => {
				const zone = findZone(project, params.zone ?? "");
				const rrset = newRrset(zone, read(rrsetBody, body));
				return created({
					rrset: rrsetView(zone, rrset),
					action: actions.start("create_rrset", [["zone", zone.id]]),
				});
			},
		},
		{
			method: "GET",
			path: `${base}/:name/:type`,
			handle: ({ params }) => {
				const { zone, rrset } = one(params);
				return ok({ rrset: rrsetView(zone, rrset) });
			},
		},
		{
			method: "PUT",
			path: `${base}/:name/:type`,
			handle: ({ params, body }) => {
				const { zone, rrset } = one(params);
				const { labels } = read(
					z.object({ labels: labelsField.optional() }),
					body,
				);
				if (labels) rrset.labels = labels;
				return ok({ rrset: rrsetView(zone, rrset) });
			},
		},
		{
			method: "DELETE",
			path: `${base}/:name/:type`,
			handle: ({ params }) => {
				const { zone, rrset } = one(params);
				assertChangeable(rrset);
				zone.rrsets = zone.rrsets.filter((other) => other !== rrset);
				return created({
					action: actions.start("delete_rrset", [["zone", zone.id]]),
				});
			},
		},
		post("set_records", (rrset, body) => {
			rrset.records = checked(
				rrset.type,
				read(z.object({ records }), body).records,
			);
		}),
		{
			// As a convenience, a set that is not there yet is made.
			method: "POST",
			path: `${base}/:name/:type/actions/add_records`,
			handle: ({ params, body }) => {
				const zone = findZone(project, params.zone ?? "");
				const wish = read(z.object({ records, ttl: ttl.optional() }), body);
				const rrset = zone.rrsets.find(
					({ name, type }) => name === params.name && type === params.type,
				);
				if (!rrset) {
					newRrset(
						zone,
						read(rrsetBody, { ...wish, name: params.name, type: params.type }),
					);
				} else {
					assertChangeable(rrset);
					if (wish.ttl !== undefined && wish.ttl !== rrset.ttl) {
						throw invalidInput("ttl differs from that of the RRSet");
					}
					rrset.records = checked(rrset.type, [
						...rrset.records,
						...wish.records,
					]);
				}
				return created({
					action: actions.start("add_records", [["zone", zone.id]]),
				});
			},
		},
		post("remove_records", (rrset, body, zone) => {
			const values = read(z.object({ records }), body).records.map(
				({ value }) => value,
			);
			rrset.records = rrset.records.filter(
				({ value }) => !values.includes(value),
			);
			if (rrset.records.length === 0) {
				zone.rrsets = zone.rrsets.filter((other) => other !== rrset);
			}
		}),
		post(
			"update_records",
			(rrset, body) => {
				for (const { value, comment } of read(z.object({ records }), body)
					.records) {
					const found = rrset.records.find((other) => other.value === value);
					if (!found)
						throw new ApiError(404, "not_found", `record '${value}' not found`);
					found.comment = comment;
				}
			},
			200,
		),
		post("change_ttl", (rrset, body) => {
			rrset.ttl = read(z.object({ ttl }), body).ttl;
		}),
		post("change_protection", (rrset, body) => {
			rrset.protection.change = read(
				z.object({ change: z.boolean() }),
				body,
			).change;
		}),
	];
}

function assertChangeable(rrset: RrsetRecord): void {
	if (rrset.protection.change) {
		throw new ApiError(423, "protected", "RRSet is change protected");
	}
}

function rrsetView(zone: ZoneRecord, rrset: RrsetRecord) {
	return { id: `${rrset.name}/${rrset.type}`, ...rrset, zone: zone.id };
}
