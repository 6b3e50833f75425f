import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { withCloud } from "../provisioning/context.ts";
import {
	type Doomed,
	destroySchools,
	findDoomed,
} from "../provisioning/destroy-schools.ts";
import { refuseOtherCloud } from "../provisioning/other-cloud.ts";
import { selectSchools } from "../provisioning/select-schools.ts";
import { VisibleError } from "../visible-error.ts";

/** `destroy <school…>`: takes schools down for good, after one plain question. */
export async function destroy(
	patterns: readonly string[],
	cdkArguments: readonly string[],
	options: { autoApprove: boolean; embedded?: boolean },
): Promise<number> {
	const schools = await selectSchools(process.cwd(), patterns);
	return withCloud(async (context) => {
		await refuseOtherCloud(
			context.root,
			context.cloud.name,
			schools.map(({ id }) => id),
			"destroy",
		);
		const doomed = await findDoomed(context, schools);
		for (const item of doomed) context.report(inventory(item));
		if (!options.autoApprove && !(await confirmed(doomed))) {
			context.report("Nothing was destroyed.");
			return 2;
		}
		const code = await destroySchools(context, doomed, cdkArguments);
		return code === 0 ? 0 : 2;
	}, options);
}

function inventory({ school, objects }: Doomed): string {
	const list = objects
		.map(
			({ type, name }) =>
				`${type.replace("hcloud_", "").replaceAll("_", " ")} ${name}`,
		)
		.join(", ");
	return `${school.id} (${school.settings.domain.name}): ${list || "only what the state lists"}`;
}

async function confirmed(doomed: readonly Doomed[]): Promise<boolean> {
	if (!process.stdin.isTTY) {
		throw new VisibleError(
			"destroy asks before it destroys, and there is no terminal to ask at. Give --auto-approve if it is meant. Nothing was destroyed.",
		);
	}
	const terminal = createInterface({
		input: process.stdin,
		output: process.stderr,
	});
	try {
		const answer = await terminal.question(
			`Destroy ${doomed.map(({ school }) => school.id).join(", ")} with everything on it, and give its addresses back? (yes/no) `,
		);
		return answer.trim().toLowerCase() === "yes";
	} finally {
		terminal.close();
	}
}

export async function destroyCommand(argv: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: { "auto-approve": { type: "boolean", default: false } },
	});
	return destroy(positionals, [], { autoApprove: values["auto-approve"] });
}
