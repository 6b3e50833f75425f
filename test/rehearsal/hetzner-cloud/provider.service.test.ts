import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { terraformEnvironment } from "../../../terraform/terraform-environment.ts";
import { api } from "./api-client.ts";

const run = promisify(execFile);

test("the provider's every resource and data source of these kinds works against it", async (t) => {
	const { cloud, must } = await api(t, { actionMilliseconds: 10 });
	const directory = await mkdtemp(join(tmpdir(), "provider-"));
	t.after(() => rm(directory, { recursive: true, force: true }));
	await copyFile(
		join(import.meta.dirname, "every-kind.tf"),
		join(directory, "main.tf"),
	);
	const tools = await terraformEnvironment((sentence) =>
		t.diagnostic(sentence),
	);
	const env = {
		...process.env,
		...tools,
		HCLOUD_TOKEN: cloud.token,
		HCLOUD_ENDPOINT: cloud.endpoint,
	};
	const terraform = async (...argv: string[]) => {
		try {
			const binary = tools.TERRAFORM_BINARY_NAME ?? "terraform";
			const { stdout } = await run(binary, [...argv, "-no-color"], {
				cwd: directory,
				env,
			});
			return { code: 0, text: stdout };
		} catch (error) {
			const { code, stdout, stderr } = error as {
				code: number;
				stdout: string;
				stderr: string;
			};
			return { code, text: stdout + stderr };
		}
	};
	const well = async (...argv: string[]) => {
		const { code, text } = await terraform(...argv);
		assert.equal(code, 0, text.slice(-6000));
		return text;
	};
	const first: string[] = [];
	const changed = [
		"-var=server_type=cx43",
		"-var=label=second",
		"-var=protection=true",
	];

	await well("init");
	await well("apply", "-auto-approve", ...first);
	await well("plan", "-detailed-exitcode", ...first);
	const summary = JSON.parse(
		(
			await run(
				tools.TERRAFORM_BINARY_NAME ?? "terraform",
				["output", "-json"],
				{ cwd: directory, env },
			)
		).stdout,
	).summary.value;
	assert.deepEqual(summary, {
		server: "main",
		servers: ["main"],
		location: "eu-central",
		types: 19,
		images: 8,
		records: ["203.0.113.1"],
	});

	await t.test("changes of every kind go in place, and hold", async () => {
		const text = await well("apply", "-auto-approve", ...changed);
		assert.match(text, /0 destroyed/);
		await well("plan", "-detailed-exitcode", ...changed);
	});
	await t.test("what is protected cannot be destroyed", async () => {
		const { code, text } = await terraform(
			"destroy",
			"-auto-approve",
			...changed,
		);
		assert.equal(code, 1);
		assert.match(text, /protected/);
	});
	await t.test("unprotected, destroy leaves nothing", async () => {
		await well("apply", "-auto-approve", ...changed, "-var=protection=false");
		await well("destroy", "-auto-approve", ...changed, "-var=protection=false");
		for (const kind of [
			"servers",
			"primary_ips",
			"firewalls",
			"networks",
			"ssh_keys",
			"placement_groups",
			"zones",
		]) {
			assert.deepEqual((await must("GET", `/${kind}`))[kind], [], kind);
		}
	});
});
