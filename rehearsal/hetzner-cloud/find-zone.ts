import { notFound } from "./api-error.ts";
import type { ZoneRecord } from "./records.ts";
import type { Project } from "./routing.ts";

/** A zone by name or id. */
export function findZone({ store }: Project, nameOrId: string): ZoneRecord {
	const zone = store
		.list("zones")
		.find(({ id, name }) => name === nameOrId || String(id) === nameOrId);
	if (!zone) throw notFound("zone", nameOrId);
	return zone;
}
