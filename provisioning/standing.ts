import type { School } from "../school/load-school.ts";
import { LOCKS, type Lock } from "../stacks/lock.ts";
import type { Standing } from "./placement-choice.ts";
import { belongsTo, type ProjectObject } from "./project-survey.ts";
import { adoptionKey } from "./synthesis.ts";
import type { StateResource } from "./terraform-state.ts";

/** The meeting server in a school's state, if one was ever made. */
function serverInState(
	school: Pick<School, "id">,
	state: readonly StateResource[],
): StateResource | undefined {
	return state.find(
		({ type, attributes }) =>
			type === "hcloud_server" && attributes.name === school.id,
	);
}

/**
 * What of a school stands and must be kept. Undefined before its first server was made: until then
 * nothing is lost by starting over somewhere else.
 */
export function standingOf(
	school: Pick<School, "id">,
	state: readonly StateResource[],
	project: readonly ProjectObject[],
): Standing | undefined {
	const server = serverInState(school, state);
	if (!server || server.tainted) return undefined;
	const alive = project.some(
		({ type, id }) => type === server.type && id === server.id,
	);
	const bridge = state.find(
		({ type, attributes, id, tainted }) =>
			type === "hcloud_server" &&
			id !== server.id &&
			!tainted &&
			attributes.name !== school.id,
	);
	return {
		location: String(server.attributes.location),
		serverType: alive ? String(server.attributes.server_type) : undefined,
		bridgeType: bridge ? String(bridge.attributes.server_type) : undefined,
	};
}

/** Which locks a deploy has to open: those on the remains of a creation that failed. */
export function locksToOpen(
	school: Pick<School, "id">,
	state: readonly StateResource[],
): Lock[] {
	const server = serverInState(school, state);
	const tainted = (type: string) =>
		state.some((r) => r.type === type && r.tainted);
	return LOCKS.filter((lock) =>
		lock === "server"
			? (server?.tainted ?? false)
			: lock === "addresses"
				? !server || server.tainted || tainted("hcloud_primary_ip")
				: tainted("hcloud_zone"),
	);
}

/**
 * Resources of a school that the cloud holds and the state does not know: import ids by
 * {@link adoptionKey}.
 *
 * @param records - the school's record sets in its zone, as `zone/name/type`
 */
export function orphans(
	school: Pick<School, "id">,
	state: readonly StateResource[],
	project: readonly ProjectObject[],
	records: readonly string[],
): Record<string, string> {
	const known = new Set(state.map(({ type, id }) => adoptionKey(type, id)));
	const knownRecords = new Set(
		state
			.filter(({ type }) => type === "hcloud_zone_rrset")
			.map(({ attributes: { zone, name, type } }) => `${zone}/${name}/${type}`),
	);
	const own = project.filter((object) => belongsTo(object, school.id));
	return Object.fromEntries([
		...own
			.filter(({ type, id }) => !known.has(adoptionKey(type, id)))
			.map(({ type, id, name }) => [
				adoptionKey(type, name),
				importId(type, id, name),
			]),
		...own
			.filter(({ type }) => type === "hcloud_network")
			.flatMap(({ id, subnets = [] }) =>
				subnets
					.filter(
						(range) =>
							!known.has(
								adoptionKey("hcloud_network_subnet", `${id}-${range}`),
							),
					)
					.map((range) => [
						adoptionKey("hcloud_network_subnet", "subnet"),
						`${id}-${range}`,
					]),
			),
		...records
			.filter((record) => !knownRecords.has(record))
			.map((record) => [adoptionKey("hcloud_zone_rrset", record), record]),
	]);
}

function importId(type: string, id: string, name: string): string {
	return type === "hcloud_zone" ? name : id;
}
