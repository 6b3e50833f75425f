import type { School } from "../school/load-school.ts";
import { runCdk } from "./cdk.ts";
import type { Context } from "./context.ts";
import { explainFailure } from "./failure.ts";
import { preflight } from "./preflight.ts";
import { readStates } from "./read-state.ts";
import { runTerraform } from "./terraform-cli.ts";

/**
 * Shows what a deploy would change; changes nothing.
 *
 * @param cdkArguments - further arguments for the CDK's diff
 * @returns 0 = no changes, 1 = changes, 2 = could not run
 */
export async function planSchools(
	context: Context,
	schools: readonly School[],
	cdkArguments: readonly string[],
	stream?: NodeJS.WritableStream,
): Promise<0 | 1 | 2> {
	const states = await readStates(context, schools);
	const prepared = await preflight(context, schools, states);
	let changes = false;
	for (const { school, placement, unlocked, adopt, notes } of prepared) {
		for (const note of notes) context.report(`${school.id}: ${note}`);
		const { code, output } = await runCdk(
			context,
			["diff", school.id, ...cdkArguments],
			{
				cloud: context.cloud.name,
				schools: [school.id],
				placements: { [school.id]: placement },
				unlocked: { [school.id]: unlocked },
				adopt: { [school.id]: adopt },
			},
			stream,
		);
		if (code !== 0) {
			for (const sentence of explainFailure(output)) context.report(sentence);
			return 2;
		}
		changes = (await planHasChanges(context, school.id)) || changes;
	}
	return changes ? 1 : 0;
}

/** Reads the plan that the CDK's diff leaves in the stack's directory. */
async function planHasChanges(
	context: Context,
	schoolId: string,
): Promise<boolean> {
	const text = await runTerraform(context, schoolId, ["show", "-json", "plan"]);
	const plan = JSON.parse(text) as {
		resource_changes?: {
			change: { actions: string[]; importing?: object };
		}[];
		output_changes?: Record<string, { actions: string[] }>;
	};
	return [
		...(plan.resource_changes ?? []).map(({ change }) => change),
		...Object.values(plan.output_changes ?? {}),
	].some(
		(change) =>
			"importing" in change ||
			change.actions.some((action) => action !== "no-op"),
	);
}
