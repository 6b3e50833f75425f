// The CDK app: one stack per file in schools/. `cdktf` runs it; see cdktf.json.
import { App } from "cdktn";
import { cloudFromEnvironment } from "./provisioning/cloud.ts";
import { Instance } from "./provisioning/instance.ts";
import { firstWish } from "./provisioning/placement-choice.ts";
import {
	requestedSynthesis,
	type Synthesis,
} from "./provisioning/synthesis.ts";
import { loadSchools, schoolFiles } from "./school/load-school.ts";
import { schoolId } from "./school/parse-school.ts";
import { problemLine } from "./school/problem.ts";
import { SchoolStack } from "./stacks/school-stack.ts";
import { VisibleError } from "./visible-error.ts";

try {
	await synthesise(
		(await requestedSynthesis(process.env)) ?? {
			cloud: cloudFromEnvironment(process.env)?.name ?? "rehearsal",
		},
	);
} catch (error) {
	if (!(error instanceof VisibleError)) throw error;
	console.error(error.message);
	process.exitCode = 2;
}

async function synthesise(synthesis: Synthesis): Promise<void> {
	const root = process.cwd();
	const files = await schoolFiles("schools");
	const { schools, problems } = await loadSchools(
		files.filter((file) => synthesis.schools?.includes(schoolId(file)) ?? true),
	);
	if (problems.length > 0) {
		throw new VisibleError(problems.map(problemLine).join("\n"));
	}
	const app = new App({ stackTraces: false });
	for (const school of schools) {
		const instance = new Instance(root, synthesis.cloud, school.id);
		new SchoolStack(app, school, {
			placement:
				synthesis.placements?.[school.id] ??
				(await instance.readPlacement()) ??
				firstWish(school.settings),
			cloud: synthesis.cloud,
			stateFile: instance.stateFile,
			// The embedded cloud's actions take milliseconds.
			pollInterval: synthesis.cloud === "hetzner" ? "500ms" : "50ms",
			unlocked: synthesis.unlocked?.[school.id] ?? [],
			adopt: synthesis.adopt?.[school.id] ?? {},
		});
	}
	app.synth();
}
