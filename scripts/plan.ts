import { parseArgs } from "node:util";
import { withCloud } from "../provisioning/context.ts";
import { refuseOtherCloud } from "../provisioning/other-cloud.ts";
import { planSchools } from "../provisioning/plan-schools.ts";
import { selectSchools } from "../provisioning/select-schools.ts";

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
		return planSchools(context, schools, cdkArguments);
	});
}

export async function planCommand(argv: string[]): Promise<number> {
	const { positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {},
	});
	return plan(positionals, []);
}
