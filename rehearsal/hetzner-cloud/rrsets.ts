import { z } from "zod";
import { ApiError, invalidInput, uniqueness } from "./api-error.ts";
import { findZone } from "./find-zone.ts";
import { labelsField } from "./labels.ts";
import { listPage } from "./listing.ts";
import { isRecordValue, RECORD_TYPES } from "./record-values.ts";
import type { RrsetRecord, ZoneRecord } from "./records.ts";
import { created, ok, type Project, type Route, read } from "./routing.ts";

const ttl = z.number().int().min(60).max(2_147_483_647).nullable();
const record = z.object({
	value: z.string().min(1),
	comment: z.string().max(255).optional(),
});
const records = z.array(record).min(1).max(50);

export const rrsetBody = z.object({
	name: z
		.string()
		.max(253)
		.regex(
			/^(@|(\*|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*)$/,
			"is not a valid record name",
		),
	type: z.enum(RECORD_TYPES),
	ttl: ttl.optional(),
	records,
	labels: labelsField.optional(),
});

/** Adds a record set to a zone. @throws ApiError if it is there, or a value does not fit its type */
export function newRrset(
	zone: ZoneRecord,
	wish: z.output<typeof rrsetBody>,
): RrsetRecord {
	if (zone.mode !== "primary") {
		throw new ApiError(
			422,
			"incorrect_zone_mode",
			"zone is not in primary mode",
		);
	}
	if (
		zone.rrsets.some(
			({ name, type }) => name === wish.name && type === wish.type,
		)
	) {
		throw uniqueness("name", "RRSet");
	}
	const exclusive = zone.rrsets.some(
		({ name, type }) =>
			name === wish.name && (type === "CNAME" || wish.type === "CNAME"),
	);
	if (exclusive) throw invalidInput("a CNAME record must be alone at its name");
	const rrset: RrsetRecord = {
		name: wish.name,
		type: wish.type,
		ttl: wish.ttl ?? null,
		labels: wish.labels ?? {},
		protection: { change: false },
		records: checked(wish.type, wish.records),
	};
	zone.rrsets.push(rrset);
	return rrset;
}

function checked(
	type: string,
	wished: RrsetRecord["records"],
): RrsetRecord["records"] {
	const wrong = wished.filter(({ value }) => !isRecordValue(type, value));
	if (wrong.length > 0) {
		throw invalidInput("invalid input in field 'records'", {
			records: wrong.map(
				({ value }) => `'${value}' is not a valid ${type} record`,
			),
		});
	}
	if (new Set(wished.map(({ value }) => value)).size !== wished.length) {
		throw invalidInput("invalid input in field 'records'", {
			records: ["duplicate value"],
		});
	}
	return wished;
}

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
