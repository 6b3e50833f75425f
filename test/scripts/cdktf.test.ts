import assert from "node:assert/strict";
import { test } from "node:test";
import { splitArguments } from "../../scripts/cdktf.ts";

test("stacks are told from the CDK's own options and their values", () => {
	const cases: [string, string[], string[]][] = [
		["alpha --auto-approve", ["alpha"], ["--auto-approve"]],
		["--auto-approve alpha beta", ["alpha", "beta"], ["--auto-approve"]],
		["--parallelism 2 *", ["*"], ["--parallelism", "2"]],
		[
			"--terraform-parallelism=3 alpha",
			["alpha"],
			["--terraform-parallelism=3"],
		],
		[
			"alpha -o out --outputs-file x.json",
			["alpha"],
			["-o", "out", "--outputs-file", "x.json"],
		],
		["--var-file", [], ["--var-file"]],
		["", [], []],
	];
	for (const [line, stacks, options] of cases) {
		assert.deepEqual(
			splitArguments(line.split(" ").filter(Boolean)),
			{ stacks, options },
			line,
		);
	}
});
