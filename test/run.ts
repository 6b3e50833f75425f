// What `npm test` runs: the linter, the type checker, then every test; `npm test -- word …` only
// the test files whose path contains a word.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { ALLOWED_SKIPS } from "./allowed-skips.ts";

const LONGEST_TEST_MS = 20 * 60_000;
const inCi = process.env.CI === "true";
const words = process.argv.slice(2);

const bin = join(import.meta.dirname, "..", "node_modules", ".bin");
const linted = words.length > 0 || (pass("biome", "check", ".") && pass("tsc"));
if (linted) await test();
else process.exitCode = 1;

function pass(program: string, ...argv: string[]): boolean {
	return spawnSync(join(bin, program), argv, { stdio: "inherit" }).status === 0;
}

async function test(): Promise<void> {
	const files = globSync("test/**/*.test.ts")
		.filter(
			(file) => words.length === 0 || words.some((word) => file.includes(word)),
		)
		.sort(
			(a, b) =>
				Number(isService(a)) - Number(isService(b)) || a.localeCompare(b),
		);
	const skipped: { name: string; reason: string }[] = [];
	let passed = 0;
	let failed = 0;
	const stream = run({ files, concurrency: 2, timeout: LONGEST_TEST_MS });
	stream.on("test:pass", ({ name, skip, details }) => {
		if (details.type === "suite") return;
		if (skip === undefined || skip === false) passed += 1;
		else
			skipped.push({ name, reason: skip === true ? "no reason given" : skip });
	});
	stream.on("test:fail", () => {
		failed += 1;
	});
	for await (const text of stream.compose(spec())) process.stdout.write(text);

	const unexpected = skipped.filter(
		({ reason }) =>
			!ALLOWED_SKIPS.some((allowed) => reason.startsWith(allowed)),
	);
	if (skipped.length > 0) console.log("\nSkipped:");
	for (const { name, reason } of skipped) console.log(`- ${name}: ${reason}`);
	if (inCi && unexpected.length > 0) {
		console.log(
			`In CI nothing of this may be skipped: ${unexpected.map(({ name }) => name).join("; ")}`,
		);
	}
	if (passed === 0) console.log("No test ran.");
	const wrong = failed > 0 || passed === 0 || (inCi && unexpected.length > 0);
	process.exitCode = wrong ? 1 : 0;
	console.log(
		`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`,
	);
}

/** Tests that start programs go last. */
function isService(file: string): boolean {
	return file.endsWith(".service.test.ts");
}
