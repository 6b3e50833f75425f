import { readFile } from "node:fs/promises";
import type { School } from "../school/load-school.ts";
import { VisibleError } from "../visible-error.ts";
import { runCdk } from "./cdk.ts";
import type { Context } from "./context.ts";
import { Instance } from "./instance.ts";
import { runTerraform } from "./terraform-cli.ts";
import { type StateResource, stateResources } from "./terraform-state.ts";

/**
 * What Terraform knows of each school. A plain local state file is read as it is; a state in a
 * bucket, or one that OpenTofu encrypted, is fetched by Terraform itself.
 *
 * @throws VisibleError if a state cannot be read; guessing that there is none could build twice
 */
export async function readStates(
	context: Context,
	schools: readonly School[],
): Promise<Map<string, StateResource[]>> {
	const states = new Map<string, StateResource[]>();
	const remote: School[] = [];
	for (const school of schools) {
		const { stateFile } = new Instance(
			context.root,
			context.cloud.name,
			school.id,
		);
		const local =
			school.settings.state.backend === "local"
				? stateResources(await textOf(stateFile))
				: undefined;
		if (local) states.set(school.id, local);
		else remote.push(school);
	}
	if (remote.length > 0) {
		await synthesise(context, remote);
		for (const { id } of remote) states.set(id, await pullState(context, id));
	}
	return states;
}

async function synthesise(
	context: Context,
	schools: readonly School[],
): Promise<void> {
	const { code, output } = await runCdk(
		context,
		["synth"],
		{ cloud: context.cloud.name, schools: schools.map(({ id }) => id) },
		process.stderr,
	);
	if (code !== 0)
		throw new VisibleError(`The stacks cannot be synthesised:\n${output}`);
}

async function pullState(
	context: Context,
	schoolId: string,
): Promise<StateResource[]> {
	try {
		await runTerraform(context, schoolId, [
			"init",
			"-input=false",
			"-no-color",
		]);
		const stdout = await runTerraform(context, schoolId, ["state", "pull"]);
		const known = stateResources(stdout);
		if (known) return known;
	} catch (error) {
		const { stderr, message } = error as Error & { stderr?: string };
		throw new VisibleError(
			`The state of ${schoolId} cannot be read:\n${(stderr || message).trim()}\nNothing was changed.`,
		);
	}
	throw new VisibleError(
		`The state of ${schoolId} is in a format that this program does not know. Expected version 4, as Terraform 1.x and OpenTofu write it.`,
	);
}

async function textOf(file: string): Promise<string> {
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
		throw error;
	}
}
