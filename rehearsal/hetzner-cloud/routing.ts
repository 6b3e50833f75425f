import type { z } from "zod";
import type { Actions } from "./actions.ts";
import { invalidInput } from "./api-error.ts";
import type { Faults } from "./faults.ts";
import type { Store } from "./store.ts";

/** What every route works on. */
export interface Project {
	readonly store: Store;
	readonly actions: Actions;
	readonly faults: Faults;
}

export interface ApiRequest {
	readonly params: Readonly<Record<string, string>>;
	readonly query: URLSearchParams;
	/** The parsed body; undefined if there is none. */
	readonly body: unknown;
}

export interface ApiAnswer {
	readonly status: number;
	readonly body?: object;
}

export interface Route {
	readonly method: "GET" | "POST" | "PUT" | "DELETE";
	/** e.g. `/servers/:id` */
	readonly path: string;
	readonly handle: (request: ApiRequest) => ApiAnswer;
}

export function ok(body: object): ApiAnswer {
	return { status: 200, body };
}

export function created(body: object): ApiAnswer {
	return { status: 201, body };
}

export const gone: ApiAnswer = { status: 204 };

/**
 * The body by its schema; unknown fields are ignored, as the API does.
 *
 * @throws ApiError invalid_input that names every wrong field
 */
export function read<T extends z.ZodType>(
	schema: T,
	body: unknown,
): z.output<T> {
	const result = schema.safeParse(body ?? {});
	if (result.success) return result.data;
	const fields: Record<string, string[]> = {};
	for (const { path, message } of result.error.issues) {
		const name = path.join(".") || "body";
		fields[name] = [...(fields[name] ?? []), message];
	}
	const [first = "body"] = Object.keys(fields);
	throw invalidInput(`invalid input in field '${first}'`, fields);
}

/** Finds the route of a request. `allowed` lists the methods if only the method is wrong. */
export function findRoute(
	routes: readonly Route[],
	method: string,
	path: string,
): { route: Route; params: Record<string, string> } | { allowed: string[] } {
	const allowed: string[] = [];
	for (const route of routes) {
		const params = match(route.path, path);
		if (!params) continue;
		if (route.method === method) return { route, params };
		allowed.push(route.method);
	}
	return { allowed };
}

function match(
	pattern: string,
	path: string,
): Record<string, string> | undefined {
	const wanted = pattern.split("/");
	const given = path.split("/");
	if (wanted.length !== given.length) return undefined;
	const params: Record<string, string> = {};
	for (const [index, part] of wanted.entries()) {
		const value = given[index] ?? "";
		if (part.startsWith(":")) {
			if (value === "") return undefined;
			try {
				params[part.slice(1)] = decodeURIComponent(value);
			} catch {
				return undefined;
			}
		} else if (part !== value) return undefined;
	}
	return params;
}
