import { notFound } from "./api-error.ts";
import { IMAGES } from "./catalogue/images.ts";
import { LOCATIONS } from "./catalogue/locations.ts";
import { pricing } from "./catalogue/pricing.ts";
import { serverTypeViews } from "./catalogue/server-types.ts";
import { listPage } from "./listing.ts";
import { ok, type Project, type Route } from "./routing.ts";

/** What the cloud offers; nobody can change it. */
export function catalogueRoutes({ faults, actions }: Project): Route[] {
	return [
		...offer("locations", "location", () => LOCATIONS),
		...offer("server_types", "server_type", () => serverTypeViews(faults)),
		...offer("images", "image", () => IMAGES, {
			type: ({ type }) => type,
			status: ({ status }) => status,
			architecture: ({ architecture }) => architecture,
		}),
		...offer("isos", "iso", () => [] as { id: number; name: string }[]),
		...offer("volumes", "volume", () => [] as { id: number; name: string }[]),
		{ method: "GET", path: "/pricing", handle: () => ok(pricing()) },
		{
			method: "GET",
			path: "/actions",
			handle: ({ query }) => {
				const ids = query.getAll("id");
				return ok(actions.byIds(ids));
			},
		},
		{
			method: "GET",
			path: "/actions/:id",
			handle: ({ params }) => ok({ action: actions.get(params.id ?? "") }),
		},
	];
}

function offer<T extends { id: number; name: string }>(
	path: string,
	key: string,
	list: () => readonly T[],
	filters: Readonly<Record<string, (object: T) => string>> = {},
): Route[] {
	return [
		{
			method: "GET",
			path: `/${path}`,
			handle: ({ query }) => ok(listPage(list(), path, query, filters)),
		},
		{
			method: "GET",
			path: `/${path}/:id`,
			handle: ({ params }) => {
				const found = list().find(({ id }) => String(id) === params.id);
				if (!found) throw notFound(key, params.id ?? "");
				return ok({ [key]: found });
			},
		},
	];
}
