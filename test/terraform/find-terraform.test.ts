import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { findTerraform } from "../../terraform/find-terraform.ts";
import { VisibleError } from "../../visible-error.ts";

/** A machine with these programs alone, an empty cache, and no network. */
async function machine(
	t: TestContext,
	programs: Record<string, string>,
): Promise<{ environment: NodeJS.ProcessEnv; bin: string; cache: string }> {
	const root = await mkdtemp(join(tmpdir(), "schuljitsi-test-"));
	const bin = join(root, "bin");
	await mkdir(bin);
	for (const [name, script] of Object.entries(programs)) {
		await executable(join(bin, name), script);
	}
	const path = process.env.PATH;
	// Go is looked for on this process's own PATH.
	process.env.PATH = bin;
	t.after(async () => {
		process.env.PATH = path;
		await rm(root, { recursive: true, force: true });
	});
	t.mock.method(globalThis, "fetch", async () => {
		throw new TypeError("fetch failed", { cause: new Error("no network") });
	});
	const environment = { PATH: bin, XDG_CACHE_HOME: root };
	return { environment, bin, cache: join(root, "schuljitsi") };
}

async function executable(file: string, script: string): Promise<void> {
	await writeFile(file, `#!/bin/sh\n${script}\n`);
	await chmod(file, 0o755);
}

const says = (line: string) => `echo '${line}'`;
const silent = () => {};

test("Terraform on the PATH is taken before OpenTofu", async (t) => {
	const { environment } = await machine(t, {
		terraform: says("Terraform v1.14.2"),
		tofu: says("OpenTofu v1.11.4"),
	});
	assert.deepEqual(await findTerraform(silent, environment), {
		binary: "terraform",
		product: "Terraform",
		version: "1.14.2",
	});
});

test("an old Terraform is passed over for an OpenTofu that serves", async (t) => {
	const { environment } = await machine(t, {
		terraform: says("Terraform v1.9.8"),
		tofu: says("OpenTofu v1.10.0"),
	});
	assert.deepEqual(await findTerraform(silent, environment), {
		binary: "tofu",
		product: "OpenTofu",
		version: "1.10.0",
	});
});

test("what was got before is taken from the cache", async (t) => {
	const { environment, cache } = await machine(t, {});
	await mkdir(cache);
	const binary = join(cache, "tofu-1.11.4");
	await executable(binary, says("OpenTofu v1.11.4"));
	const found = await findTerraform(silent, environment);
	assert.equal(found.binary, binary);
});

test("the program that TERRAFORM_BINARY_NAME names is the only one asked", async (t) => {
	const { environment, bin } = await machine(t, {
		terraform: says("Terraform v1.14.2"),
		mine: says("OpenTofu v1.12.0-rc1"),
	});
	const named = { ...environment, TERRAFORM_BINARY_NAME: join(bin, "mine") };
	assert.deepEqual(await findTerraform(silent, named), {
		binary: join(bin, "mine"),
		product: "OpenTofu",
		version: "1.12.0-rc1",
	});
});

for (const [what, script, complaint] of [
	[
		"too old",
		says("Terraform v0.15.5"),
		"is 0.15.5, and 1.10 or newer is needed",
	],
	["another program", says("Python 3.13"), "is neither Terraform nor OpenTofu"],
	["broken", "exit 3", "cannot be run"],
] as const) {
	test(`a named program that is ${what} is refused`, async (t) => {
		const { environment } = await machine(t, {
			terraform: says("Terraform v1.14.2"),
			mine: script,
		});
		await assert.rejects(
			findTerraform(silent, { ...environment, TERRAFORM_BINARY_NAME: "mine" }),
			new VisibleError(
				`TERRAFORM_BINARY_NAME: found mine, which ${complaint}. Expected Terraform or OpenTofu 1.10 or newer. Correct or unset it.`,
			),
		);
	});
}

test("where nothing can be had, everything that was tried is told", async (t) => {
	const { environment, cache } = await machine(t, {
		terraform: says("Terraform v1.5.7"),
	});
	await mkdir(cache);
	await executable(join(cache, "tofu-1.11.4"), "exit 1");
	const told: string[] = [];
	await assert.rejects(
		findTerraform((sentence) => told.push(sentence), {
			...environment,
		}),
		(error: Error) => {
			assert.ok(error instanceof VisibleError);
			assert.deepEqual(error.message.split("\n").map(withoutPlatform), [
				"Neither Terraform nor OpenTofu can be had here:",
				"- terraform is 1.5.7, and 1.10 or newer is needed",
				"- tofu is not on the PATH",
				`- ${cache}/tofu-1.11.4 cannot be run`,
				"- https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_PLATFORM.zip cannot be fetched (no network)",
				"- OpenTofu cannot be built: Go is not installed",
				"Install one of them (1.10 or newer) from your distribution or its makers, or set TERRAFORM_BINARY_NAME to where it is.",
			]);
			return true;
		},
	);
	assert.deepEqual(told, [
		"Ensure Terraform 1.11.4: fetching it (about 30 MB) …",
		"Ensure OpenTofu 1.11.4: building it with Go, some minutes …",
	]);
});

function withoutPlatform(line: string): string {
	return line.replace(/1\.11\.4_[a-z]+_[a-z0-9]+\.zip/, "1.11.4_PLATFORM.zip");
}
