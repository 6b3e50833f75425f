import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Instance } from "../../provisioning/instance.ts";
import type { FaultsInput } from "../../rehearsal/hetzner-cloud/faults.ts";
import { type Deployment, deployment } from "../deployment.ts";

/** What goes wrong, how the struck command ends, and what it says about it. */
const FAULTS: readonly {
	name: string;
	faults: FaultsInput;
	ends: "well" | "badly";
	says?: RegExp;
}[] = [
	{
		name: "the token is refused in the middle (401)",
		faults: {
			rules: [{ method: "POST", path: "^/servers$", kind: 401, times: 9 }],
		},
		ends: "badly",
		says: /refused the token in the middle of the work/,
	},
	{
		name: "too many requests (429)",
		faults: { rules: [{ kind: 429, after: 30, times: 2 }] },
		ends: "well",
	},
	{
		name: "an internal error (500)",
		faults: { rules: [{ method: "POST", path: "^/primary_ips$", kind: 500 }] },
		ends: "badly",
	},
	{
		name: "a bad gateway (502)",
		faults: { rules: [{ method: "POST", path: "^/servers$", kind: 502 }] },
		ends: "well",
	},
	{
		name: "a gateway's timeout (504)",
		faults: { rules: [{ method: "POST", path: "^/networks$", kind: 504 }] },
		ends: "well",
	},
	{
		name: "the answer to the server's creation is lost (502)",
		faults: {
			rules: [{ method: "POST", path: "^/servers$", kind: 502, done: true }],
		},
		ends: "well",
		says: /Takes over what the cloud holds and the state does not know: hcloud_server:a\./,
	},
	{
		name: "the connection breaks behind every creation",
		faults: {
			rules: ["primary_ips", "firewalls", "networks", "ssh_keys", "zones"].map(
				(kind) => ({
					method: "POST",
					path: `^/${kind}$`,
					kind: "reset" as const,
					done: true,
				}),
			),
		},
		ends: "well",
		says: /Takes over .*hcloud_network:a/,
	},
	{
		name: "the answers about a subnet and a record are lost",
		faults: {
			rules: ["add_subnet$", "/rrsets$"].map((path) => ({
				method: "POST",
				path,
				kind: "reset" as const,
				done: true,
			})),
		},
		ends: "well",
		says: /Takes over .*hcloud_network_subnet:subnet/,
	},
	{
		name: "the account's limit is reached",
		faults: { server_limit: 0 },
		ends: "badly",
		says: /account's limit is reached/,
	},
	{
		name: "actions are slow",
		faults: { action_milliseconds: 1200 },
		ends: "well",
	},
	...[
		"create_server",
		"attach_to_network",
		"enable_backup",
		"change_protection",
		"create_zone",
	].map((command) => ({
		name: `the action ${command} fails`,
		faults: { failing_actions: { [command]: "action_failed" } },
		ends: "badly" as const,
	})),
];

for (const { name, faults, ends, says } of FAULTS) {
	test(`a deploy during which ${name} resumes and ends clean`, async (t) => {
		const d = await deployment(t);
		await d.write("a");
		d.cloud.faults.set(faults);
		const code = await d.deploy("a");
		assert.equal(code === 0 ? "well" : "badly", ends, d.output());
		if (says) assert.match(d.said.join("\n"), says);
		await endsClean(d);
	});
}

test("a server that vanishes is made anew behind the same addresses", async (t) => {
	const d = await deployment(t);
	await d.write("a");
	assert.equal(await d.deploy("a"), 0, d.output());
	const instance = new Instance(d.context.root, "rehearsal", "a");
	const before = await instance.readOutputs();
	d.cloud.faults.set({ vanish: ["a"] });
	assert.equal((await d.context.client.list("/servers", "servers")).length, 0);
	assert.equal(await d.deploy("a"), 0, d.output());
	assert.deepEqual(await instance.readOutputs(), before);
	await endsClean(d);
});

test("a state that is lost is found again in the cloud, nothing is made twice or moved", async (t) => {
	const d = await deployment(t);
	await d.write("a");
	d.cloud.faults.set({
		sold_out: [{ server_type: "cpx32", location: "nbg1" }],
	});
	assert.equal(await d.deploy("a"), 0, d.output());
	const before = await d.project();
	d.cloud.faults.set({});
	await rm(new Instance(d.context.root, "rehearsal", "a").directory, {
		recursive: true,
	});
	assert.equal(await d.deploy("a"), 0, d.output());
	assert.deepEqual(await d.project(), before);
	await endsClean(d);
});

test("a deploy that is killed resumes and ends clean", async (t) => {
	const d = await deployment(t);
	await d.write("a");
	d.cloud.faults.set({ action_milliseconds: 1500 });
	const child = spawn(
		process.execPath,
		[
			join(import.meta.dirname, "../../tools/schuljitsi/schuljitsi.js"),
			"deploy",
			"a",
			"--auto-approve",
		],
		{
			cwd: d.context.root,
			env: d.context.environment,
			detached: true,
			stdio: "ignore",
		},
	);
	const ended = once(child, "exit");
	while ((await d.context.client.list("/servers", "servers")).length === 0) {
		assert.equal(child.exitCode, null, "it must still be at work");
		await sleep(50);
	}
	process.kill(-(child.pid as number), "SIGKILL");
	await ended;
	d.cloud.faults.set({});
	await endsClean(d);
});

/** The next deploy without faults completes the school; then nothing differs, and nothing is left. */
async function endsClean(d: Deployment): Promise<void> {
	d.cloud.faults.set({});
	assert.equal(await d.deploy("a"), 0, d.output());
	assert.equal(await d.plan("a"), 0, d.output());
	const servers = await d.context.client.list<{
		name: string;
		status: string;
		protection: { delete: boolean };
	}>("/servers", "servers");
	assert.deepEqual(
		servers.map(({ name, status, protection }) => [
			name,
			status,
			protection.delete,
		]),
		[["a", "running", true]],
	);
	const kinds = (await d.project()).map(({ type }) => type).sort();
	assert.deepEqual(kinds, [
		"hcloud_firewall",
		"hcloud_network",
		"hcloud_primary_ip",
		"hcloud_primary_ip",
		"hcloud_server",
		"hcloud_ssh_key",
		"hcloud_zone",
	]);
	assert.equal(await d.destroy("a"), 0, d.output());
	assert.deepEqual(await d.project(), []);
}
