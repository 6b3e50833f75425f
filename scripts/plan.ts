import { execFile } from "node:child_process";
import { parseArgs, promisify } from "node:util";
import { runCdk } from "../provisioning/cdk.ts";
import { type Context, withCloud } from "../provisioning/context.ts";
import { explainFailure } from "../provisioning/failure.ts";
import { refuseOtherCloud } from "../provisioning/other-cloud.ts";
import { preflight } from "../provisioning/preflight.ts";
import { readStates, stackDirectory } from "../provisioning/read-state.ts";
import { selectSchools } from "../provisioning/select-schools.ts";

const run = promisify(execFile);

/**
 * `plan <school…>`: what a deploy would change; changes nothing.
 *
 * @returns 0 = no changes, 1 = changes, 2 = could not run
 */
export async function plan(
	patterns: readonly string[],
	cdkArguments: readonly string[],
): Promise<0 | 1 | 2> {
	const schools = await selectSchools(process.cwd(), patterns);
	return withCloud(async (context) => {
		const ids = schools.map(({ id }) => id);
		await refuseOtherCloud(context.root, context.cloud.name, ids, "plan");
		const states = await readStates(context, schools);
		let changes = false;
		for (const { school, placement, unlocked, adopt, notes } of await preflight(
			context.client,
			schools,
			states,
		)) {
			for (const note of notes) context.report(`${school.id}: ${note}`);
			const { code, output } = await runCdk(
				["diff", school.id, ...cdkArguments],
				{
					cloud: context.cloud.name,
					schools: [school.id],
					placements: { [school.id]: placement },
					unlocked: { [school.id]: unlocked },
					adopt: { [school.id]: adopt },
				},
				context.environment,
			);
			if (code !== 0) {
				for (const sentence of explainFailure(output)) context.report(sentence);
				return 2;
			}
			changes = (await planHasChanges(context, school.id)) || changes;
		}
		return changes ? 1 : 0;
	});
}

/** Reads the plan that the CDK's diff leaves in the stack's directory. */
async function planHasChanges(
	context: Context,
	schoolId: string,
): Promise<boolean> {
	const { stdout } = await run(
		context.environment.TERRAFORM_BINARY_NAME ?? "terraform",
		["show", "-json", "plan"],
		{
			cwd: stackDirectory(context.root, schoolId),
			env: context.environment,
			maxBuffer: 64 * 1024 * 1024,
		},
	);
	const { resource_changes: resources = [], output_changes: outputs = {} } =
		JSON.parse(stdout) as {
			resource_changes?: {
				change: { actions: string[]; importing?: object };
			}[];
			output_changes?: Record<string, { actions: string[] }>;
		};
	return [
		...resources.map(({ change }) => change),
		...Object.values(outputs),
	].some(
		(change) =>
			"importing" in change ||
			change.actions.some((action) => action !== "no-op"),
	);
}

export async function planCommand(argv: string[]): Promise<number> {
	const { positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {},
	});
	return plan(positionals, []);
}
