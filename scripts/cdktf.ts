import { runCdk } from "../provisioning/cdk.ts";
import { cloudFromEnvironment } from "../provisioning/cloud.ts";
import { withCloud } from "../provisioning/context.ts";
import { VisibleError } from "../visible-error.ts";
import { deploy } from "./deploy.ts";
import { destroy } from "./destroy.ts";
import { plan } from "./plan.ts";

/** Options of the CDK's CLI that take a value in the next argument. */
const WITH_VALUE = new Set([
	"--app",
	"-a",
	"--output",
	"-o",
	"--outputs-file",
	"--parallelism",
	"--terraform-parallelism",
	"--var",
	"--var-file",
]);

/**
 * The literal `cdktf …`: the same preflight, provider and embedded cloud as this program's own
 * commands for what touches a cloud, and the CDK's CLI as it is for the rest.
 */
export async function cdktf(argv: readonly string[]): Promise<number> {
	const [command = "--help", ...rest] = argv;
	if (rest.includes("--help") || rest.includes("-h")) return passOn(argv);
	const { stacks, options } = splitArguments(rest);
	if (options.some((option) => /^(-o|--output)(=|$)/.test(option))) {
		throw new VisibleError(
			`cdktf ${command} --output: found another directory, expected the usual cdktf.out, where this program looks for Terraform's results. Leave the option out.`,
		);
	}
	switch (command) {
		case "deploy":
		case "apply":
			return deploy(stacks, options);
		case "diff":
		case "plan": {
			// The CDK's own diff ends with 0 whether or not there are changes.
			const code = await plan(stacks, options);
			return code === 1 ? 0 : code;
		}
		case "destroy":
			return destroy(
				stacks,
				options.filter((option) => option !== "--auto-approve"),
				{ autoApprove: options.includes("--auto-approve") },
			);
		case "watch":
			throw new VisibleError(
				"cdktf watch deploys at every saved file without asking, which is nothing for a server that people depend on. Use cdktf deploy.",
			);
		case "output":
		case "outputs":
			return withCloud(
				async (context) =>
					(await runCdk(context, argv, { cloud: context.cloud.name })).code,
			);
		default:
			return passOn(argv);
	}
}

async function passOn(argv: readonly string[]): Promise<number> {
	const cloud = cloudFromEnvironment(process.env)?.name ?? "rehearsal";
	const environment = { ...process.env, CHECKPOINT_DISABLE: "1" };
	return (await runCdk({ root: process.cwd(), environment }, argv, { cloud }))
		.code;
}

/** Tells the stacks' names from the options, which are handed on unchanged. */
export function splitArguments(argv: readonly string[]): {
	stacks: string[];
	options: string[];
} {
	const stacks: string[] = [];
	const options: string[] = [];
	for (let index = 0; index < argv.length; index++) {
		const argument = argv[index] as string;
		if (!argument.startsWith("-")) {
			stacks.push(argument);
			continue;
		}
		options.push(argument);
		if (WITH_VALUE.has(argument) && argv[index + 1] !== undefined) {
			options.push(argv[++index] as string);
		}
	}
	return { stacks, options };
}
