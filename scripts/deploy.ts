import { parseArgs } from "node:util";
import { withCloud } from "../provisioning/context.ts";
import { deploySchools } from "../provisioning/deploy-schools.ts";
import { refuseOtherCloud } from "../provisioning/other-cloud.ts";
import { selectSchools } from "../provisioning/select-schools.ts";
import { VisibleError } from "../visible-error.ts";
import { reportDeployed } from "./report-deployed.ts";

/**
 * `deploy <school…>`: brings schools up, or to what their settings say now.
 *
 * @param cdkArguments - further arguments for the CDK's own deploy
 */
export async function deploy(
	patterns: readonly string[],
	cdkArguments: readonly string[],
	options: { json?: boolean } = {},
): Promise<number> {
	const schools = await selectSchools(process.cwd(), patterns);
	if (!cdkArguments.includes("--auto-approve") && !process.stdin.isTTY) {
		throw new VisibleError(
			"deploy asks before it changes anything, and there is no terminal to ask at. Give --auto-approve if it is meant. Nothing was changed.",
		);
	}
	return withCloud(async (context) => {
		await refuseOtherCloud(
			context.root,
			context.cloud.name,
			schools.map(({ id }) => id),
			"deploy",
		);
		const { code, deployed } = await deploySchools(
			context,
			schools,
			cdkArguments,
			options.json ? process.stderr : process.stdout,
		);
		if (code === 0) await reportDeployed(context, deployed, options);
		return code === 0 ? 0 : 2;
	});
}

export async function deployCommand(argv: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {
			"auto-approve": { type: "boolean", default: false },
			json: { type: "boolean", default: false },
		},
	});
	return deploy(positionals, values["auto-approve"] ? ["--auto-approve"] : [], {
		json: values.json,
	});
}
