import { z } from "zod";
import { apiTime } from "./actions.ts";
import { labelsField } from "./labels.ts";
import { listPage } from "./listing.ts";
import type { Entity, Kind, State } from "./records.ts";
import { ok, type Project, type Route, read } from "./routing.ts";

export const nameField = z
	.string()
	.min(1, "missing")
	.max(128, "too long")
	.regex(/^[^\p{Cc}]+$/u, "invalid characters");

/** What every object begins with. */
export function newEntity(
	{ store }: Project,
	name: string,
	labels: Record<string, string> = {},
): Entity {
	return { id: store.newId(), name, labels, created: apiTime(Date.now()) };
}

/**
 * The routes that all kinds share: list, get, rename and relabel, and the actions of one object.
 *
 * @param key - what one object is called in an answer, e.g. `primary_ip`
 * @param options.also - further fields that PUT may change
 */
export function namedRoutes<K extends Kind>(
	project: Project,
	kind: K,
	key: string,
	view: (record: State[K][string]) => object,
	options: {
		filters?: Readonly<Record<string, (object: never) => string>>;
		name?: z.ZodType<string>;
		also?: (record: State[K][string], body: unknown) => void;
	} = {},
): Route[] {
	const { store, actions } = project;
	const change = z.object({
		name: (options.name ?? nameField).optional(),
		labels: labelsField.optional(),
	});
	return [
		{
			method: "GET",
			path: `/${kind}`,
			handle: ({ query }) =>
				ok(
					listPage(
						store.list(kind).map(view) as (Entity & object)[],
						kind,
						query,
						options.filters as never,
					),
				),
		},
		{
			method: "GET",
			path: `/${kind}/actions`,
			handle: ({ query }) => ok(actions.list(query, key)),
		},
		{
			method: "GET",
			path: `/${kind}/actions/:action`,
			handle: ({ params }) => ok({ action: actions.get(params.action ?? "") }),
		},
		{
			method: "GET",
			path: `/${kind}/:id`,
			handle: ({ params }) =>
				ok({ [key]: view(store.get(kind, params.id ?? "")) }),
		},
		{
			method: "PUT",
			path: `/${kind}/:id`,
			handle: ({ params, body }) => {
				const record = store.get(kind, params.id ?? "");
				const { name, labels } = read(change, body);
				if (name !== undefined) {
					store.assertNameIsFree(kind, name, record.id);
					record.name = name;
				}
				if (labels !== undefined) record.labels = labels;
				options.also?.(record, body);
				return ok({ [key]: view(record) });
			},
		},
		{
			method: "GET",
			path: `/${kind}/:id/actions`,
			handle: ({ params, query }) => {
				const { id } = store.get(kind, params.id ?? "");
				return ok(actions.list(query, key, id));
			},
		},
		{
			method: "GET",
			path: `/${kind}/:id/actions/:action`,
			handle: ({ params }) => ok({ action: actions.get(params.action ?? "") }),
		},
	];
}
