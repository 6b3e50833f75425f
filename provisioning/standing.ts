import type { School } from "../school/load-school.ts";
import { LOCKS, type Lock } from "../stacks/lock.ts";
import type { Standing } from "./placement-choice.ts";
import { belongsTo, type ProjectObject } from "./project-survey.ts";
import { adoptionKey } from "./synthesis.ts";
import type { StateResource } from "./terraform-state.ts";

type Id = Pick<School, "id">;

const SERVER = "hcloud_server";

/**
 * What of a school stands and must be kept. Undefined before its first server was made whole: until
 * then nothing is lost by starting over somewhere else.
 */
export function standingOf(
	school: Id,
	state: readonly StateResource[],
	project: readonly ProjectObject[],
): Standing | undefined {
	const known = state.find(
		({ type, attributes }) => type === SERVER && attributes.name === school.id,
	);
	if (known?.tainted) return undefined;
	const own = project.filter((object) => belongsTo(object, school.id));
	const servers = own.filter(({ type }) => type === SERVER);
	const alive = servers.find(({ name }) => name === school.id);
	const location = alive?.location ?? known?.attributes.location;
	if (typeof location !== "string") return undefined;
	return {
		location,
		serverType: alive?.serverType,
		bridgeType: servers.find(({ name }) => name !== school.id)?.serverType,
	};
}

/** Which locks a deploy has to open: those on the remains of a creation that failed. */
export function locksToOpen(
	school: Id,
	state: readonly StateResource[],
	project: readonly ProjectObject[],
): Lock[] {
	const standing = standingOf(school, state, project) !== undefined;
	const tainted = (type: string) =>
		state.some((resource) => resource.type === type && resource.tainted);
	const open: Record<Lock, boolean> = {
		server: !standing && tainted(SERVER),
		addresses: !standing || tainted("hcloud_primary_ip"),
		zone: tainted("hcloud_zone"),
	};
	return LOCKS.filter((lock) => open[lock]);
}

/**
 * Resources of a school that the cloud holds and the state does not know: import ids by
 * {@link adoptionKey}.
 *
 * @param records - the school's record sets in its zone, as `name/type`
 */
export function orphans(
	school: Pick<School, "id" | "settings">,
	state: readonly StateResource[],
	project: readonly ProjectObject[],
	records: readonly string[],
): Record<string, string> {
	const known = new Set(state.map(({ type, id }) => adoptionKey(type, id)));
	const isUnknown = (type: string, id: string) =>
		!known.has(adoptionKey(type, id));
	const own = project.filter((object) => belongsTo(object, school.id));
	return Object.fromEntries([
		...own
			.filter(({ type, id }) => isUnknown(type, id))
			.map(({ type, id, name }) => [
				adoptionKey(type, name),
				type === "hcloud_zone" ? name : id,
			]),
		...own
			.filter(({ type }) => type === "hcloud_network")
			.flatMap(({ id, subnets = [] }) =>
				subnets.map((range) => `${id}-${range}`),
			)
			.filter((id) => isUnknown("hcloud_network_subnet", id))
			.map((id) => [adoptionKey("hcloud_network_subnet", "subnet"), id]),
		...records
			.filter((record) => isUnknown("hcloud_zone_rrset", record))
			.map((record) => [
				adoptionKey("hcloud_zone_rrset", record),
				`${school.settings.domain.zone}/${record}`,
			]),
	]);
}
