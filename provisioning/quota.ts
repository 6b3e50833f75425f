import type { School } from "../school/load-school.ts";
import type { ProjectObject } from "./project-survey.ts";

/**
 * What a deploy adds to the project's servers. The account's limit cannot be asked for: the API
 * only tells it by refusing (`resource_limit_exceeded`).
 */
export function quotaNotes(
	{ id, settings }: Pick<School, "id" | "settings">,
	project: readonly ProjectObject[],
): string[] {
	if (settings.server.address) return [];
	const names = project
		.filter(({ type }) => type === "hcloud_server")
		.map(({ name }) => name);
	const wanted = [
		id,
		...Array.from(
			{ length: settings.bridges.count },
			(_, index) => `${id}-bridge-${index + 1}`,
		),
	];
	const added = wanted.filter((name) => !names.includes(name)).length;
	return added === 0
		? []
		: [
				`Quota: ${added} more ${added === 1 ? "server" : "servers"} beside the project's ${names.length}. The account's limit stands in the console only.`,
			];
}
