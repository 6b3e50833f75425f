import { isDeepStrictEqual } from "node:util";
import type { School } from "../school/load-school.ts";
import { runCdk } from "./cdk.ts";
import type { Context } from "./context.ts";
import { explainFailure, refusedPlacements } from "./failure.ts";
import { Instance } from "./instance.ts";
import type { Refusal } from "./placement-choice.ts";
import { powerOn } from "./power.ts";
import { preflight, waves } from "./preflight.ts";
import type { Prepared } from "./preflight-school.ts";
import { liftProtection } from "./protection.ts";
import { readOutputs } from "./read-outputs.ts";
import { readStates } from "./read-state.ts";

/** A bound on how often one command starts over, e.g. along the list of locations and types. */
const MAXIMUM_ROUNDS = 12;

export interface Deployed {
	/** The CDK's exit code. */
	readonly code: number;
	/** What stands, if the code is 0. */
	readonly deployed: readonly Prepared[];
	/** Whether anything was made, changed, taken over or removed. */
	readonly changed: boolean;
}

/**
 * Brings schools up in the cloud, or to what their settings say now: preflight, Terraform through
 * the CDK, outputs. Where the cloud turns out to be sold out, or an answer of it was lost, it looks
 * again and goes on; everything else that fails is left as it is, and the next deploy resumes.
 *
 * @param cdkArguments - further arguments for the CDK's deploy, e.g. `--auto-approve`
 */
export async function deploySchools(
	context: Context,
	schools: readonly School[],
	cdkArguments: readonly string[],
	stream?: NodeJS.WritableStream,
): Promise<Deployed> {
	let queue = schools;
	let changed = false;
	const deployed: Prepared[] = [];
	let last: Prepared[] = [];
	const refused: Refusal[] = [];
	for (let round = 1; ; round++) {
		const states = await readStates(context, queue);
		const prepared = await preflight(context, queue, states, refused);
		const [wave = []] = waves(prepared);
		if (last.length > 0 && !differs(wave, last))
			return { code: 1, deployed, changed };
		announce(context, wave);
		await openLocks(context, wave);
		const { code, output } = await applyWave(
			context,
			wave,
			cdkArguments,
			stream,
		);
		if (code === 0 && applied(output).length < wave.length) {
			context.report(
				"Not approved: what was not approved is as it was before.",
			);
			return { code: 2, deployed, changed };
		}
		if (code === 0) {
			await settle(context, wave);
			deployed.push(...wave);
			changed ||= applied(output).some((line) => /[1-9]/.test(line));
			queue = queue.filter(
				({ id }) => !wave.some(({ school }) => school.id === id),
			);
			if (queue.length === 0) return { code, deployed, changed };
			last = [];
			continue;
		}
		refused.push(...refusedPlacements(output, wave));
		for (const sentence of explainFailure(output)) context.report(sentence);
		if (round === MAXIMUM_ROUNDS || code === 130)
			return { code, deployed, changed };
		last = wave;
	}
}

/** Whether looking again has shown another way; if not, trying again would fail the same way. */
function differs(
	now: readonly Prepared[],
	before: readonly Prepared[],
): boolean {
	const essence = (items: readonly Prepared[]) =>
		items.map(({ school, placement, adopt }) => ({
			id: school.id,
			placement,
			adopt,
		}));
	return !isDeepStrictEqual(essence(now), essence(before));
}

/** What Terraform says at the end of each stack that was applied. */
function applied(output: string): string[] {
	return output.match(/Apply complete! Resources: [^\n]*/g) ?? [];
}

function announce(context: Context, wave: readonly Prepared[]): void {
	for (const { school, notes } of wave) {
		for (const note of notes) context.report(`${school.id}: ${note}`);
	}
}

/** Whatever has to be replaced must lose the cloud's protection first; the deploy brings it back. */
async function openLocks(
	context: Context,
	wave: readonly Prepared[],
): Promise<void> {
	const kinds = {
		server: "hcloud_server",
		addresses: "hcloud_primary_ip",
		zone: "hcloud_zone",
	};
	for (const { state, unlocked } of wave) {
		const types = unlocked.map((lock) => kinds[lock]);
		await liftProtection(
			context.client,
			state.filter(({ type }) => types.includes(type)),
		);
	}
}

async function applyWave(
	context: Context,
	wave: readonly Prepared[],
	cdkArguments: readonly string[],
	stream?: NodeJS.WritableStream,
): Promise<{ code: number; output: string }> {
	const ids = wave.map(({ school }) => school.id);
	for (const { school, placement } of wave) {
		await new Instance(
			context.root,
			context.cloud.name,
			school.id,
		).writePlacement(placement);
	}
	return runCdk(
		context,
		["deploy", ...ids, "--parallelism", "4", ...cdkArguments],
		{
			cloud: context.cloud.name,
			schools: ids,
			placements: byId(wave, ({ placement }) => placement),
			unlocked: byId(wave, ({ unlocked }) => unlocked),
			adopt: byId(wave, ({ adopt }) => adopt),
		},
		stream,
	);
}

async function settle(
	context: Context,
	wave: readonly Prepared[],
): Promise<void> {
	for (const { school } of wave) {
		await new Instance(
			context.root,
			context.cloud.name,
			school.id,
		).writeOutputs(await readOutputs(context, school.id));
		const started = await powerOn(context.client, school.id);
		if (started.length > 0)
			context.report(`${school.id}: switched on ${started.join(", ")}.`);
	}
}

function byId<T>(
	wave: readonly Prepared[],
	value: (prepared: Prepared) => T,
): Record<string, T> {
	return Object.fromEntries(wave.map((item) => [item.school.id, value(item)]));
}
