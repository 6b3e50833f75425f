import type { School } from "../school/load-school.ts";
import { LOCKS } from "../stacks/lock.ts";
import { VisibleError } from "../visible-error.ts";
import { runCdk } from "./cdk.ts";
import type { Context } from "./context.ts";
import { HetznerError } from "./hetzner-client.ts";
import { Instance } from "./instance.ts";
import { wrongProject } from "./project-problems.ts";
import {
	belongsTo,
	type ProjectObject,
	RESOURCE_KINDS,
	surveyProject,
} from "./project-survey.ts";
import { liftProtection } from "./protection.ts";
import { readStates } from "./read-state.ts";
import type { StateResource } from "./terraform-state.ts";

/** What stands of a school and is going to be destroyed. */
export interface Doomed {
	readonly school: School;
	readonly state: readonly StateResource[];
	/** Objects with the school's labels, in the state or not. */
	readonly objects: readonly ProjectObject[];
}

/**
 * Finds what a destroy would take down.
 *
 * @throws VisibleError if a school has nothing in this cloud, or its state is another project's
 */
export async function findDoomed(
	context: Context,
	schools: readonly School[],
): Promise<Doomed[]> {
	const [states, project] = await Promise.all([
		readStates(context, schools),
		surveyProject(context.client),
	]);
	const doomed = schools.map((school) => ({
		school,
		state: states.get(school.id) ?? [],
		objects: project.filter((object) => belongsTo(object, school.id)),
	}));
	const problems = doomed.flatMap(({ school, state, objects }) =>
		state.length === 0 && objects.length === 0
			? [
					`${school.id}: nothing of it stands in this cloud, so there is nothing to destroy.`,
				]
			: wrongProject(school, state, project),
	);
	if (problems.length > 0) throw new VisibleError(problems.join("\n"));
	return doomed;
}

/**
 * Takes schools down: lifts the protection, lets Terraform destroy, then removes what carries the
 * school's labels and was in no state (the remains of an interrupted deploy).
 *
 * @returns the CDK's exit code
 */
export async function destroySchools(
	context: Context,
	doomed: readonly Doomed[],
	cdkArguments: readonly string[],
	stream?: NodeJS.WritableStream,
): Promise<number> {
	const ids = doomed.map(({ school }) => school.id);
	for (const { state, objects } of doomed)
		await liftProtection(context.client, [...state, ...objects]);
	const { code } = await runCdk(
		context,
		["destroy", ...ids, "--auto-approve", ...cdkArguments],
		{
			cloud: context.cloud.name,
			schools: ids,
			unlocked: Object.fromEntries(ids.map((id) => [id, LOCKS])),
		},
		stream,
	);
	if (code !== 0) return code;
	const remains = (await surveyProject(context.client)).filter((object) =>
		ids.some((id) => belongsTo(object, id)),
	);
	await removeRemains(context, remains);
	for (const id of ids)
		await new Instance(context.root, context.cloud.name, id).forget();
	return 0;
}

/** Deletes objects kind by kind, in an order in which none is still in use. */
async function removeRemains(
	context: Context,
	remains: readonly ProjectObject[],
): Promise<void> {
	for (const [type, path] of RESOURCE_KINDS) {
		for (const { id, name } of remains.filter(
			(object) => object.type === type,
		)) {
			context.report(
				`Removing ${type.replace("hcloud_", "")} ${name}, which no state knew.`,
			);
			try {
				await context.client.request("DELETE", `/${path}/${id}`);
			} catch (error) {
				if (!(error instanceof HetznerError && error.status === 404))
					throw error;
			}
		}
	}
}
