import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import type { TestContext } from "node:test";
import type { Context } from "../provisioning/context.ts";
import { deploySchools } from "../provisioning/deploy-schools.ts";
import { destroySchools, findDoomed } from "../provisioning/destroy-schools.ts";
import { HetznerClient } from "../provisioning/hetzner-client.ts";
import { planSchools } from "../provisioning/plan-schools.ts";
import {
	type ProjectObject,
	surveyProject,
} from "../provisioning/project-survey.ts";
import { selectSchools } from "../provisioning/select-schools.ts";
import {
	type RunningCloud,
	startCloud,
} from "../rehearsal/hetzner-cloud/start-cloud.ts";
import { terraformEnvironment } from "../terraform/terraform-environment.ts";
import { projectDirectory } from "./project-directory.ts";
import { schoolYaml } from "./school-yaml.ts";

/** A directory with schools, an embedded cloud, and the real Terraform with the real provider. */
export interface Deployment {
	readonly context: Context;
	readonly cloud: RunningCloud;
	/** Sentences that the program said. */
	readonly said: string[];
	/** What the CDK and Terraform printed last. */
	output(): string;
	write(school: string, changes?: Record<string, unknown>): Promise<void>;
	deploy(...schools: string[]): Promise<number>;
	plan(school: string): Promise<number>;
	destroy(...schools: string[]): Promise<number>;
	project(): Promise<ProjectObject[]>;
}

/** @param options - e.g. `{ rateLimit: 100 }` for the embedded cloud */
export async function deployment(
	t: TestContext,
	options: {
		actionMilliseconds?: number;
		rateLimit?: number;
		environment?: Record<string, string>;
	} = {},
): Promise<Deployment> {
	const { environment, ...cloudOptions } = options;
	const root = await projectDirectory(t);
	const cloud = await startCloud({
		stateDir: join(root, "cloud"),
		rateLimit: 1_000_000,
		...cloudOptions,
	});
	t.after(() => cloud.close());
	const said: string[] = [];
	const identity = {
		name: "rehearsal" as const,
		endpoint: cloud.endpoint,
		token: cloud.token,
	};
	const context: Context = {
		root,
		cloud: identity,
		client: new HetznerClient(identity),
		environment: {
			...process.env,
			...(await terraformEnvironment((sentence) => t.diagnostic(sentence))),
			HCLOUD_TOKEN: cloud.token,
			HCLOUD_ENDPOINT: cloud.endpoint,
			...environment,
		},
		report: (sentence) => said.push(sentence),
	};
	let printed = "";
	const stream = new Writable({
		write(chunk, _, done) {
			printed += chunk;
			done();
		},
	});
	const named = (schools: string[]) => {
		printed = "";
		return selectSchools(root, schools);
	};
	return {
		context,
		cloud,
		said,
		output: () => printed,
		write: (school, changes) =>
			writeFile(
				join(root, "schools", `${school}.yaml`),
				schoolYaml(school, changes),
			),
		deploy: async (...schools) => {
			const chosen = await named(schools);
			const auto = ["--auto-approve"];
			return (await deploySchools(context, chosen, auto, stream)).code;
		},
		plan: async (school) =>
			planSchools(context, await named([school]), [], stream),
		destroy: async (...schools) =>
			destroySchools(
				context,
				await findDoomed(context, await named(schools)),
				[],
				stream,
			),
		project: () => surveyProject(context.client),
	};
}
