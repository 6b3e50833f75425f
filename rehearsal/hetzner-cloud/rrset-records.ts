import { z } from "zod";
import { ApiError, invalidInput, uniqueness } from "./api-error.ts";
import { labelsField } from "./labels.ts";
import { isRecordValue, RECORD_TYPES } from "./record-values.ts";
import type { RrsetRecord, ZoneRecord } from "./records.ts";

export const ttl = z.number().int().min(60).max(2_147_483_647).nullable();
const record = z.object({
	value: z.string().min(1),
	comment: z.string().max(255).optional(),
});
export const records = z.array(record).min(1).max(50);

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

/** The values, if each fits the type. @throws ApiError invalid_input */
export function checked(
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
