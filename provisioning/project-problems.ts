import type { School } from "../school/load-school.ts";
import { belongsTo, type ProjectObject } from "./project-survey.ts";
import type { StateResource } from "./terraform-state.ts";

/** A state whose every machine is unknown to the project belongs to another one. */
export function wrongProject(
	school: Pick<School, "id">,
	state: readonly StateResource[],
	project: readonly ProjectObject[],
): string[] {
	const kinds = new Set([
		"hcloud_server",
		"hcloud_primary_ip",
		"hcloud_network",
		"hcloud_firewall",
	]);
	const known = state.filter(({ type }) => kinds.has(type));
	const ids = new Set(project.map(({ type, id }) => `${type}:${id}`));
	if (
		known.length === 0 ||
		known.some(({ type, id }) => ids.has(`${type}:${id}`))
	)
		return [];
	return [
		`The state of ${school.id} lists ${known.length} resources, and the project of this token holds none of them. ` +
			"Expected the token of the project in which the school was deployed. Set that one; " +
			"if everything was deleted by hand, move the state file away first.",
	];
}

/** Names are unique in a project: what is there under ours, and is not ours, stops a deploy half way. */
export function takenNames(
	school: School,
	state: readonly StateResource[],
	project: readonly ProjectObject[],
): string[] {
	const { domain } = school.settings;
	const ours = new Set(state.map(({ type, id }) => `${type}:${id}`));
	const names: Record<string, string[]> = {
		hcloud_server: [school.id],
		hcloud_primary_ip: [`${school.id}-ipv4`, `${school.id}-ipv6`],
		hcloud_network: [school.id],
		hcloud_firewall: [`${school.id}-meeting`],
		hcloud_zone:
			domain.dns === "hetzner" && domain.createZone ? [domain.zone] : [],
	};
	return project
		.filter(
			(object) =>
				names[object.type]?.includes(object.name) &&
				!ours.has(`${object.type}:${object.id}`) &&
				!belongsTo(object, school.id),
		)
		.map(({ type, name }) =>
			type === "hcloud_zone"
				? `domain.createZone: found true, but the project already holds the zone ${name}, which is not this school's own. Set createZone: false to write into it.`
				: `The project already holds a ${type.replace("hcloud_", "").replace("_", " ")} named ${name} that is not schuljitsi's. Rename or remove it, or give the school's file another name.`,
		);
}

/** A zone to write into must be there. */
export function missingZone(
	school: School,
	project: readonly ProjectObject[],
): string[] {
	const { domain } = school.settings;
	if (domain.dns !== "hetzner" || domain.createZone) return [];
	if (
		project.some(
			({ type, name }) => type === "hcloud_zone" && name === domain.zone,
		)
	)
		return [];
	return [
		`domain.zone: found ${domain.zone}, but the project holds no such zone. Set createZone: true to make it here, or use the token of the project that holds it.`,
	];
}
