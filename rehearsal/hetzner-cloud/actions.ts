import { ApiError, notFound } from "./api-error.ts";
import type { Faults } from "./faults.ts";
import { listPage } from "./listing.ts";
import type { ActionRecord, ServerRecord } from "./records.ts";
import type { Store } from "./store.ts";

/** Actions that ended longer ago than this are forgotten, as the real API does later. */
const KEPT_MS = 24 * 3600 * 1000;

/** Starts actions, lets them end, and tells of them. */
export class Actions {
	readonly #store: Store;
	readonly #faults: Faults;

	constructor(store: Store, faults: Faults) {
		this.#store = store;
		this.#faults = faults;
	}

	/**
	 * Records an action on resources. Its change is in the state already; a server's status changes
	 * when it ends.
	 *
	 * @param resources - as `[type, id]`, e.g. `["server", 42]`
	 */
	start(
		command: string,
		resources: readonly (readonly [string, number])[],
		then: ActionRecord["then"] = null,
	): object {
		const now = Date.now();
		const code = this.#faults.failingActions[command];
		const action: ActionRecord = {
			id: this.#store.newId(),
			command,
			started: apiTime(now),
			ends: now + this.#faults.actionMilliseconds,
			resources: resources.map(([type, id]) => ({ id, type })),
			error: code ? { code, message: `${command} failed` } : null,
			then,
			settled: false,
		};
		this.#store.state.actions[action.id] = action;
		return view(action);
	}

	/** Refuses a second action on a server that is busy, as the real API does. */
	assertUnlocked(server: ServerRecord): void {
		if (this.running("server", server.id)) {
			throw new ApiError(
				423,
				"locked",
				"server is locked because it has a running action",
			);
		}
	}

	running(type: string, id: number): boolean {
		return Object.values(this.#store.state.actions).some(
			(action) =>
				!action.settled &&
				action.resources.some(
					(resource) => resource.type === type && resource.id === id,
				),
		);
	}

	/** Lets every action end whose time has come; true if one did. */
	settle(now = Date.now()): boolean {
		let changed = false;
		for (const action of Object.values(this.#store.state.actions)) {
			if (!action.settled && action.ends <= now) {
				action.settled = true;
				changed = true;
				const server =
					action.then && this.#store.state.servers[action.then.server];
				if (action.then && server && !action.error)
					server.status = action.then.status;
			} else if (action.settled && action.ends + KEPT_MS < now) {
				delete this.#store.state.actions[action.id];
			}
		}
		return changed;
	}

	get(id: string): object {
		const action = this.#store.state.actions[id];
		if (!action) throw notFound("action", id);
		return view(action);
	}

	/** `GET /actions?id=…`: all that were asked for, whatever the page size. */
	byIds(ids: readonly string[]): object {
		const known = ids.flatMap((id) => this.#store.state.actions[id] ?? []);
		return { actions: known.map(view) };
	}

	/** The actions of one resource, or of a kind. */
	list(query: URLSearchParams, type: string, id?: number): object {
		const found = Object.values(this.#store.state.actions).filter((action) =>
			action.resources.some(
				(resource) =>
					resource.type === type && (id === undefined || resource.id === id),
			),
		);
		return listPage(found.map(view), "actions", query, {
			status: ({ status }) => status,
		});
	}
}

function view(action: ActionRecord) {
	const failed = action.settled && action.error !== null;
	return {
		id: action.id,
		command: action.command,
		status: !action.settled ? "running" : failed ? "error" : "success",
		progress: action.settled ? 100 : 50,
		started: action.started,
		finished: action.settled ? apiTime(action.ends) : null,
		resources: action.resources,
		error: failed ? action.error : null,
	};
}

/** A time as the API writes it: RFC 3339 to the second. */
export function apiTime(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
