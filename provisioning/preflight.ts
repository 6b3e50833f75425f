import { Resolver } from "node:dns/promises";
import type { School } from "../school/load-school.ts";
import { keyFingerprint } from "../stacks/administrator-keys.ts";
import { VisibleError } from "../visible-error.ts";
import { readCatalogue } from "./catalogue.ts";
import type { Context } from "./context.ts";
import { delegationSentence } from "./dns-delegation.ts";
import type { Refusal } from "./placement-choice.ts";
import { type Prepared, preflightSchool } from "./preflight-school.ts";
import {
	type ProjectObject,
	surveyProject,
	surveyRecords,
} from "./project-survey.ts";
import type { StateResource } from "./terraform-state.ts";

/**
 * Looks before anything is changed: token, project, names, stock, price, delegation. All problems of all
 * schools are told at once.
 *
 * @param states - what Terraform knows, by school
 * @throws VisibleError with every problem found
 */
export async function preflight(
	context: Pick<Context, "client" | "cloud">,
	schools: readonly School[],
	states: ReadonlyMap<string, readonly StateResource[]>,
	refused: readonly Refusal[] = [],
): Promise<Prepared[]> {
	const [project, catalogue] = await Promise.all([
		surveyProject(context.client),
		readCatalogue(context.client),
	]);
	const verdicts = await Promise.all(
		schools.map(async (school) => {
			const { domain } = school.settings;
			const zone = project.find(
				({ type, name }) =>
					domain.dns === "hetzner" &&
					type === "hcloud_zone" &&
					name === domain.zone,
			);
			return preflightSchool(school, {
				state: states.get(school.id) ?? [],
				project,
				records: zone
					? await surveyRecords(context.client, domain.zone, school.id)
					: [],
				catalogue,
				refused,
				delegation: zone && (await delegation(context, zone)),
			});
		}),
	);
	const problems = verdicts.flatMap((verdict, index) =>
		verdict.ok
			? []
			: verdict.problems.map((text) => `${schools[index]?.id}: ${text}`),
	);
	if (problems.length > 0) throw new VisibleError(problems.join("\n"));
	return verdicts.flatMap((verdict) => (verdict.ok ? [verdict.prepared] : []));
}

/** Nobody can delegate to a cloud that only this computer sees. */
async function delegation(
	{ cloud }: Pick<Context, "cloud">,
	{ name, nameServers = [] }: ProjectObject,
): Promise<string> {
	if (cloud.name === "rehearsal") {
		return `Delegation of ${name}: not tested, the embedded cloud is on this computer only.`;
	}
	const resolver = new Resolver({ timeout: 3000, tries: 2 });
	return delegationSentence(name, nameServers, resolver);
}

/**
 * Splits schools so that no two in the same wave bring the same new administrator's key: the cloud
 * holds a key once a project, and the second of two that make it at the same moment would fail.
 */
export function waves(prepared: readonly Prepared[]): Prepared[][] {
	const first: Prepared[] = [];
	const second: Prepared[] = [];
	const taken = new Set<string>();
	for (const item of prepared) {
		const known = new Set(
			item.state
				.filter(({ type }) => type === "hcloud_ssh_key")
				.map(({ attributes }) => String(attributes.fingerprint)),
		);
		const fresh = item.school.settings.administration.sshKeys
			.map(keyFingerprint)
			.filter(
				(key) =>
					!known.has(key) && item.placement.sharedKeys[key] === undefined,
			);
		if (fresh.some((key) => taken.has(key))) {
			second.push(item);
			continue;
		}
		for (const key of fresh) taken.add(key);
		first.push(item);
	}
	return second.length > 0 ? [first, second] : [first];
}
