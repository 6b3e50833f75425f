import { z } from "zod";

/** How an answer goes wrong. */
export const faultRule = z.strictObject({
	/** e.g. `POST`; absent = every method. */
	method: z.string().optional(),
	/** Regular expression on the path, e.g. `^/servers$`; absent = every path. */
	path: z.string().optional(),
	/** How often. */
	times: z.number().int().min(1).default(1),
	/** How many matching requests go well first. */
	after: z.number().int().min(0).default(0),
	/** An error status, no answer at all, or a connection that breaks. */
	kind: z.union([
		z.literal([401, 403, 429, 500, 502, 503, 504]),
		z.enum(["timeout", "reset"]),
	]),
	/** The work is done all the same; only its answer is lost. */
	done: z.boolean().default(false),
});

export const faultsSchema = z.strictObject({
	rules: z.array(faultRule).default([]),
	/** Sold-out types; not announced = the catalogue still calls them available. */
	sold_out: z
		.array(
			z.strictObject({
				server_type: z.string(),
				location: z.string(),
				announced: z.boolean().default(true),
			}),
		)
		.default([]),
	/** How long actions take, in milliseconds. */
	action_milliseconds: z.number().int().min(0).max(600_000).optional(),
	/** Actions that end in an error: its code by the action's command, e.g. `create_server`. */
	failing_actions: z.record(z.string(), z.string()).default({}),
	/** Servers that vanish, as if somebody had deleted them in the console: their names. */
	vanish: z.array(z.string()).default([]),
	/** The account's limit of servers. */
	server_limit: z.number().int().min(0).optional(),
});

export type FaultRule = z.output<typeof faultRule>;
export type FaultsInput = z.input<typeof faultsSchema>;

/** What goes wrong on demand; kept in memory only. */
export class Faults {
	rules: FaultRule[] = [];
	soldOut: z.output<typeof faultsSchema>["sold_out"] = [];
	actionMilliseconds: number;
	failingActions: Record<string, string> = {};
	serverLimit = Number.POSITIVE_INFINITY;
	readonly #usualMilliseconds: number;
	readonly #vanish: (name: string) => void;

	constructor(actionMilliseconds: number, vanish: (name: string) => void) {
		this.actionMilliseconds = actionMilliseconds;
		this.#usualMilliseconds = actionMilliseconds;
		this.#vanish = vanish;
	}

	/** Replaces all faults by these; an empty object makes everything well again. */
	set(input: FaultsInput): void {
		const faults = faultsSchema.parse(input);
		this.rules = faults.rules;
		this.soldOut = faults.sold_out;
		this.actionMilliseconds =
			faults.action_milliseconds ?? this.#usualMilliseconds;
		this.failingActions = faults.failing_actions;
		this.serverLimit = faults.server_limit ?? Number.POSITIVE_INFINITY;
		for (const name of faults.vanish) this.#vanish(name);
	}

	/** The fault that strikes this request, if one does; it is used up by that. */
	strike(method: string, path: string): FaultRule | undefined {
		for (const rule of this.rules) {
			if (rule.method !== undefined && rule.method !== method) continue;
			if (rule.path !== undefined && !new RegExp(rule.path).test(path))
				continue;
			if (rule.after > 0) {
				rule.after -= 1;
				continue;
			}
			rule.times -= 1;
			if (rule.times === 0)
				this.rules = this.rules.filter((other) => other !== rule);
			return rule;
		}
		return undefined;
	}

	isSoldOut(
		serverType: string,
		location: string,
		announcedOnly: boolean,
	): boolean {
		return this.soldOut.some(
			(item) =>
				item.server_type === serverType &&
				item.location === location &&
				(item.announced || !announcedOnly),
		);
	}
}
