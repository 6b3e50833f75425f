import { z } from "zod";
import { inUse } from "./api-error.ts";
import { labelsField } from "./labels.ts";
import { namedRoutes, nameField, newEntity } from "./named-objects.ts";
import type { PlacementGroupRecord } from "./records.ts";
import { created, gone, type Project, type Route, read } from "./routing.ts";

/** Hosts that a spread group can tell apart. */
export const LARGEST_GROUP = 10;

const creation = z.object({
	name: nameField,
	type: z.literal("spread"),
	labels: labelsField.optional(),
});

export function placementGroupRoutes(project: Project): Route[] {
	const { store } = project;
	return [
		...namedRoutes(
			project,
			"placement_groups",
			"placement_group",
			(group) => placementGroupView(project, group),
			{ filters: { type: ({ type }: PlacementGroupRecord) => type } },
		),
		{
			method: "POST",
			path: "/placement_groups",
			handle: ({ body }) => {
				const { name, type, labels } = read(creation, body);
				store.assertNameIsFree("placement_groups", name);
				const group = store.add("placement_groups", {
					...newEntity(project, name, labels),
					type,
				});
				return created({
					placement_group: placementGroupView(project, group),
					action: project.actions.start("create_placement_group", [
						["placement_group", group.id],
					]),
				});
			},
		},
		{
			method: "DELETE",
			path: "/placement_groups/:id",
			handle: ({ params }) => {
				const { id } = store.get("placement_groups", params.id ?? "");
				const [server] = membersOf(project, id);
				if (server !== undefined)
					throw inUse("placement group", `server ${server}`);
				store.remove("placement_groups", id);
				return gone;
			},
		},
	];
}

export function membersOf({ store }: Project, group: number): number[] {
	return store
		.list("servers")
		.filter(({ placement_group }) => placement_group === group)
		.map(({ id }) => id);
}

export function placementGroupView(
	project: Project,
	group: PlacementGroupRecord,
) {
	return { ...group, servers: membersOf(project, group.id) };
}
