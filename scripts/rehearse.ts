import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { withCloud } from "../provisioning/context.ts";
import { deploySchools } from "../provisioning/deploy-schools.ts";
import { Instance } from "../provisioning/instance.ts";
import { selectSchools } from "../provisioning/select-schools.ts";
import { destroy } from "./destroy.ts";
import { reportDeployed } from "./report-deployed.ts";

/** The school that `npm start` shows. */
const EXAMPLE = "musterschule";

/**
 * `rehearse [<school>]`: the whole deploy in the embedded cloud on this computer, whatever token is
 * set; `--down` removes every trace of it.
 */
export async function rehearseCommand(argv: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: { down: { type: "boolean", default: false } },
	});
	const patterns = positionals.length > 0 ? positionals : [EXAMPLE];
	return values.down ? takeDown(patterns) : bringUp(patterns);
}

async function bringUp(patterns: readonly string[]): Promise<number> {
	const schools = await selectSchools(process.cwd(), patterns);
	const names = schools.map(({ id }) => id).join(" ");
	return withCloud(
		async (context) => {
			const { code, deployed, changed } = await deploySchools(
				context,
				schools,
				["--auto-approve"],
			);
			if (code !== 0) return 2;
			await reportDeployed(context, deployed);
			console.log(
				changed
					? ""
					: "\nNothing was changed: it all stood as the settings say.\n",
			);
			console.log(`Look at it:    npx cdktf diff ${names}
Take it down:  npx schuljitsi rehearse --down ${names}
For real:      HCLOUD_TOKEN=… npx cdktf deploy ${names}`);
			return 0;
		},
		{ embedded: true },
	);
}

async function takeDown(patterns: readonly string[]): Promise<number> {
	const schools = await selectSchools(process.cwd(), patterns);
	const code = await destroy(patterns, [], {
		autoApprove: true,
		embedded: true,
	});
	if (code !== 0) return code;
	for (const { id } of schools) {
		const { directory } = new Instance(process.cwd(), "rehearsal", id);
		await rm(directory, { recursive: true, force: true });
		await rm(resolve("cdktf.out", "stacks", id), {
			recursive: true,
			force: true,
		});
	}
	return 0;
}
