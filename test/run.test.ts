import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ALLOWED_SKIPS } from "./allowed-skips.ts";

/** Runs test/run.ts over one test file with these tests. */
async function runner(
	t: TestContext,
	body: string,
	{ ci = false, word = "sample" } = {},
): Promise<{ code: number | null; output: string }> {
	const root = await mkdtemp(join(tmpdir(), "schuljitsi-test-"));
	t.after(() => rm(root, { recursive: true, force: true }));
	await mkdir(join(root, "test"));
	await writeFile(join(root, "package.json"), '{"type":"module"}');
	await writeFile(
		join(root, "test", "sample.test.ts"),
		`import { test } from "node:test";\n${body}`,
	);
	// A runner inside a test would report to the outer one.
	const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
	const { status, stdout } = spawnSync(
		process.execPath,
		[join(import.meta.dirname, "run.ts"), word],
		{
			cwd: root,
			env: { ...environment, CI: String(ci) },
			encoding: "utf8",
			timeout: 60_000,
		},
	);
	return { code: status, output: stdout };
}

const passing = 'test("adds", () => {});\n';
const skipping = (reason: string) =>
	`test("asks the registry", (t) => t.skip(${JSON.stringify(reason)}));\n`;

test("a run without a fault ends with 0 and the sums", async (t) => {
	const { code, output } = await runner(t, passing, { ci: true });
	assert.equal(code, 0);
	assert.match(output, /tests 1\n/);
	assert.match(output, /1 passed, 0 failed, 0 skipped\n$/);
});

test("one failure is enough", async (t) => {
	const { code, output } = await runner(
		t,
		`${passing}test("breaks", () => { throw new Error("for this reason"); });`,
	);
	assert.equal(code, 1);
	assert.match(output, /for this reason/);
});

test("a file that cannot be loaded is a failure", async (t) => {
	const { code } = await runner(t, `${passing}import "./missing.ts";`);
	assert.equal(code, 1);
});

test("a skipped test is told with its reason, and in CI it is a failure", async (t) => {
	const body = passing + skipping("no registry here");
	const atHome = await runner(t, body);
	assert.equal(atHome.code, 0);
	assert.match(atHome.output, /- asks the registry: no registry here\n/);
	const inCi = await runner(t, body, { ci: true });
	assert.equal(inCi.code, 1);
	assert.match(inCi.output, /may be skipped: asks the registry\n/);
});

test("a test without a reason to skip is a failure in CI", async (t) => {
	const body = `${passing}test("later", (t) => t.skip());`;
	const { code, output } = await runner(t, body, { ci: true });
	assert.equal(code, 1);
	assert.match(output, /- later: no reason given\n/);
});

test("what a machine without internet cannot do may be skipped in CI", async (t) => {
	for (const reason of ALLOWED_SKIPS) {
		const body = passing + skipping(`${reason}, so`);
		assert.equal((await runner(t, body, { ci: true })).code, 0, reason);
	}
});

test("a run in which nothing ran is a failure", async (t) => {
	const none = await runner(t, passing, { word: "elsewhere" });
	assert.equal(none.code, 1);
	assert.match(none.output, /No test ran\.\n/);
	const skipped = await runner(t, skipping(ALLOWED_SKIPS[0] as string));
	assert.equal(skipped.code, 1);
});
