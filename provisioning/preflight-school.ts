import type { School } from "../school/load-school.ts";
import { keyFingerprint } from "../stacks/administrator-keys.ts";
import type { Lock } from "../stacks/lock.ts";
import type { Placement } from "../stacks/placement.ts";
import type { Catalogue } from "./catalogue.ts";
import {
	type Choice,
	choosePlacement,
	firstWish,
	type Refusal,
} from "./placement-choice.ts";
import { type MonthlyPrice, monthlyPrice, priceSentence } from "./price.ts";
import { missingZone, takenNames, wrongProject } from "./project-problems.ts";
import { belongsTo, type ProjectObject } from "./project-survey.ts";
import { quotaNotes } from "./quota.ts";
import { locksToOpen, orphans, standingOf } from "./standing.ts";
import type { StateResource } from "./terraform-state.ts";

/** What is known of a school and its project before anything is changed. */
export interface Situation {
	readonly state: readonly StateResource[];
	readonly project: readonly ProjectObject[];
	/** The school's record sets in its zone, as `name/type`. */
	readonly records: readonly string[];
	readonly catalogue: Catalogue;
	/** A sentence on whether the school's zone is delegated; absent where it is not the cloud's. */
	readonly delegation: string | undefined;
	/** Placements that the cloud refused in this run although it called them available. */
	readonly refused: readonly Refusal[];
}

/** A deploy as it is going to be: everything decided, nothing done. */
export interface Prepared {
	readonly school: School;
	readonly placement: Placement;
	readonly unlocked: readonly Lock[];
	readonly adopt: Readonly<Record<string, string>>;
	readonly notes: readonly string[];
	/** Absent where nothing is bought, or the cloud names no price. */
	readonly price: MonthlyPrice | undefined;
	readonly state: readonly StateResource[];
}

export type Verdict =
	| { readonly ok: true; readonly prepared: Prepared }
	| { readonly ok: false; readonly problems: readonly string[] };

/** Judges one school before money is spent: is it the right project, can it be had, what does it cost. */
export function preflightSchool(school: School, situation: Situation): Verdict {
	const { settings } = school;
	const { state, project, catalogue } = situation;
	const problems = [
		...wrongProject(school, state, project),
		...takenNames(school, state, project),
		...missingZone(school, project),
	];
	const choice: Choice = settings.server.address
		? { ok: true, notes: [], ...firstWish(settings) }
		: choosePlacement(
				settings,
				catalogue.serverTypes,
				standingOf(school, state, project),
				situation.refused,
			);
	if (!choice.ok) return { ok: false, problems: [...problems, choice.reason] };
	if (problems.length > 0) return { ok: false, problems };

	const adopt = orphans(school, state, project, situation.records);
	const placement: Placement = {
		location: choice.location,
		serverType: choice.serverType,
		bridgeType: choice.bridgeType,
		sharedKeys: sharedKeys(school, project),
	};
	const { backups, address } = settings.server;
	const price = address
		? undefined
		: monthlyPrice(
				placement,
				{ backups, bridges: settings.bridges.count },
				catalogue.pricing,
			);
	const adopted = Object.keys(adopt);
	return {
		ok: true,
		prepared: {
			school,
			placement,
			unlocked: locksToOpen(school, state, project),
			adopt,
			state,
			price,
			notes: [
				...choice.notes,
				...quotaNotes(school, project),
				...(situation.delegation ? [situation.delegation] : []),
				...(adopted.length > 0
					? [
							`Takes over what the cloud holds and the state does not know: ${adopted.join(", ")}.`,
						]
					: []),
				...(settings.server.address
					? ["Server: a machine of your own; nothing is bought."]
					: [
							`Server: ${choice.serverType} in ${choice.location}.`,
							price
								? `Price: ${priceSentence(price)}.`
								: "Price: the cloud names none.",
						]),
			],
		},
	};
}

/** Keys that the project holds already, outside this school. */
function sharedKeys(
	school: School,
	project: readonly ProjectObject[],
): Record<string, number> {
	const wanted = new Set(
		school.settings.administration.sshKeys.map(keyFingerprint),
	);
	return Object.fromEntries(
		project
			.filter(
				(object) =>
					object.type === "hcloud_ssh_key" &&
					object.fingerprint !== undefined &&
					wanted.has(object.fingerprint) &&
					!belongsTo(object, school.id),
			)
			.map(({ fingerprint, id }) => [fingerprint as string, Number(id)]),
	);
}
