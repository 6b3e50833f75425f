import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A directory as an operator has it: `cdktf.json` and `schools/`, gone after the test. */
export async function projectDirectory(
	t: TestContext,
	schools: Record<string, string> = {},
): Promise<string> {
	const root = await mkdtemp(join(tmpdir(), "schuljitsi-test-"));
	t.after(() => rm(root, { recursive: true, force: true }));
	const main = join(import.meta.dirname, "..", "main.ts");
	const settings = {
		language: "typescript",
		app: `node ${main}`,
		projectId: "test",
		sendCrashReports: "false",
	};
	await writeFile(join(root, "cdktf.json"), JSON.stringify(settings));
	await mkdir(join(root, "schools"));
	for (const [id, text] of Object.entries(schools)) {
		await writeFile(join(root, "schools", `${id}.yaml`), text);
	}
	return root;
}
