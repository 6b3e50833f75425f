import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { commandLine } from "../command-line.ts";
import { projectDirectory } from "../project-directory.ts";
import { schoolYaml } from "../school-yaml.ts";

const STATE = JSON.stringify({
	version: 4,
	serial: 9,
	resources: [
		{
			mode: "managed",
			type: "hcloud_server",
			name: "server",
			instances: [
				{ attributes: { id: "12345678", name: "alpha", location: "nbg1" } },
			],
		},
	],
});

/** A directory in which a school stands in one cloud, as far as its files tell. */
async function standing(
	t: TestContext,
	cloud: "hetzner" | "rehearsal",
): Promise<string> {
	const root = await projectDirectory(t, { alpha: schoolYaml("alpha") });
	await mkdir(join(root, "instances", cloud, "alpha"), { recursive: true });
	await writeFile(
		join(root, "instances", cloud, "alpha", "terraform.tfstate"),
		STATE,
	);
	return root;
}

for (const [command, argv] of [
	["schuljitsi", ["destroy", "alpha", "--auto-approve"]],
	["cdktf", ["destroy", "alpha", "--auto-approve"]],
	["schuljitsi", ["deploy", "alpha", "--auto-approve"]],
	["cdktf", ["deploy", "alpha", "--auto-approve"]],
	["schuljitsi", ["plan", "alpha"]],
] as const) {
	test(`a real instance survives ${command} ${argv[0]} without a token`, async (t) => {
		const cwd = await standing(t, "hetzner");
		const { code, stderr, stdout } = await commandLine(command, argv, { cwd });
		assert.equal(code, 2, stderr);
		assert.match(
			stderr,
			/alpha stands in the real Hetzner Cloud, and this \w+ would work on the embedded cloud\. Nothing was changed\. Set HCLOUD_TOKEN/,
		);
		assert.doesNotMatch(stderr, /\n\s+at /, "no stack");
		assert.equal(stdout, "");
		assert.equal(
			await readFile(
				join(cwd, "instances/hetzner/alpha/terraform.tfstate"),
				"utf8",
			),
			STATE,
		);
	});
}

test("without a token it is said first and last that nothing real stands", async (t) => {
	const cwd = await standing(t, "hetzner");
	const { stderr } = await commandLine("schuljitsi", ["plan", "alpha"], {
		cwd,
	});
	const lines = stderr.trim().split("\n");
	assert.match(lines[0] ?? "", /No real server stands, nothing is billed/);
	assert.ok(
		lines.filter((line) => /No real server stands/.test(line)).length === 2,
	);
});

test("with a token of another project nothing is planned anew", async (t) => {
	const cwd = await standing(t, "rehearsal");
	const { code, stderr } = await commandLine(
		"schuljitsi",
		["deploy", "alpha", "--auto-approve"],
		{ cwd },
	);
	assert.equal(code, 2, stderr);
	assert.match(
		stderr,
		/The state of alpha lists 1 resources, and the project of this token holds none of them/,
	);
	const destroyed = await commandLine(
		"cdktf",
		["destroy", "alpha", "--auto-approve"],
		{ cwd },
	);
	assert.equal(destroyed.code, 2);
	assert.equal(
		await readFile(
			join(cwd, "instances/rehearsal/alpha/terraform.tfstate"),
			"utf8",
		),
		STATE,
	);
});
