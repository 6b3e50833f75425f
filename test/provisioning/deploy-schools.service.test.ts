import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { Instance } from "../../provisioning/instance.ts";
import { stackDirectory } from "../../provisioning/terraform-cli.ts";
import { type Deployment, deployment } from "../deployment.ts";
import { KEYS } from "../school-yaml.ts";

const run = promisify(execFile);

interface ApiServer {
	id: number;
	name: string;
	status: string;
	server_type: { name: string };
	location: { name: string };
	protection: { delete: boolean; rebuild: boolean };
	private_net: { ip: string }[];
	placement_group: { name: string } | null;
}

const servers = ({ context }: Deployment) =>
	context.client.list<ApiServer>("/servers", "servers");

test("a school goes up, stays as it is, is repaired, resized, widened and taken down", async (t) => {
	const d = await deployment(t);
	await d.write("a");
	assert.equal(
		await d.plan("a"),
		1,
		"before the first deploy everything is a change",
	);
	assert.equal(await d.deploy("a"), 0, d.output());
	assert.equal(await d.plan("a"), 0, d.output());

	const [server] = (await servers(d)) as [ApiServer];
	await t.test(
		"the server is what the settings ask for, protected and running",
		() => {
			assert.equal(server.name, "a");
			assert.equal(server.status, "running");
			assert.deepEqual(server.protection, { delete: true, rebuild: true });
			assert.equal(server.location.name, "nbg1");
			assert.equal(server.server_type.name, "cpx32");
			assert.equal(server.private_net[0]?.ip, "10.83.0.2");
		},
	);

	await t.test(
		"outputs and state lie in the instance's directory, for the owner alone",
		async () => {
			const instance = new Instance(d.context.root, "rehearsal", "a");
			const outputs = await instance.readOutputs();
			assert.equal(outputs?.domain, "meet.a.example");
			assert.match(outputs?.meeting.ipv4 ?? "", /^203\.0\.113\.\d+$/);
			assert.match(outputs?.meeting.ipv6 ?? "", /^2001:db8:0:1::1$/);
			assert.equal(outputs?.dnsRecords.length, 6);
			assert.equal((await stat(instance.directory)).mode & 0o777, 0o700);
			assert.ok(
				(await readFile(instance.stateFile, "utf8")).includes(
					'"hcloud_server"',
				),
			);
		},
	);

	await t.test(
		"what somebody changed in the console is put right",
		async () => {
			const [firewall] = await d.context.client.list<{ id: number }>(
				"/firewalls",
				"firewalls",
			);
			await d.context.client.request(
				"POST",
				`/firewalls/${firewall?.id}/actions/set_rules`,
				{
					rules: [
						{
							direction: "in",
							protocol: "tcp",
							port: "22",
							source_ips: ["0.0.0.0/0"],
						},
					],
				},
			);
			assert.equal(await d.plan("a"), 1);
			assert.equal(await d.deploy("a"), 0, d.output());
			assert.equal(await d.plan("a"), 0, d.output());
		},
	);

	await t.test(
		"a new administrator's key does not touch the running server",
		async () => {
			await d.write("a", {
				"administration.sshKeys": [...KEYS],
				"administration.sshFrom": ["203.0.113.0/24"],
			});
			assert.equal(await d.deploy("a"), 0, d.output());
			assert.doesNotMatch(
				d.output(),
				/hcloud_server\.\S+: (Destroying|Creating|Modifying)/,
			);
			assert.equal((await servers(d))[0]?.id, server.id);
		},
	);

	await t.test(
		"a new image and a changed user data do not touch it either",
		async () => {
			const changed = await editedPlan(d, (json) =>
				json
					.replace('"image": "debian-13"', '"image": "debian-12"')
					.replace("package_upgrade: true", "package_upgrade: false"),
			);
			assert.equal(changed.code, 0, changed.text);
		},
	);

	await t.test(
		"what would replace it stops the plan, and the cloud would refuse as well",
		async () => {
			const moved = await editedPlan(d, (json) =>
				json.replaceAll('"location": "nbg1"', '"location": "hel1"'),
			);
			assert.equal(moved.code, 1);
			assert.match(moved.text, /Instance cannot be destroyed/);
			await assert.rejects(
				d.context.client.request("DELETE", `/servers/${server.id}`),
				{
					status: 423,
					code: "protected",
				},
			);
		},
	);

	await t.test("a larger type is the same server, running again", async () => {
		await d.write("a", { "server.types": ["cpx42"] });
		assert.equal(await d.deploy("a"), 0, d.output());
		const [resized] = (await servers(d)) as [ApiServer];
		assert.equal(resized.id, server.id);
		assert.equal(resized.server_type.name, "cpx42");
		assert.equal(resized.status, "running");
		assert.ok(d.said.some((sentence) => /switched on a/.test(sentence)));
		assert.equal(await d.plan("a"), 0, d.output());
	});

	await t.test(
		"bridges come and go by their number, the server stays",
		async () => {
			for (const count of [3, 1, 0]) {
				await d.write("a", {
					"server.types": ["cpx42"],
					"bridges.count": count,
				});
				assert.equal(await d.deploy("a"), 0, d.output());
				const all = await servers(d);
				const bridges = all
					.filter(({ name }) => name !== "a")
					.sort((x, y) => x.name.localeCompare(y.name));
				assert.deepEqual(
					bridges.map((bridge) => [
						bridge.name,
						bridge.private_net[0]?.ip,
						bridge.placement_group?.name,
					]),
					Array.from({ length: count }, (_, index) => [
						`a-bridge-${index + 1}`,
						`10.83.0.${10 + index}`,
						"a-bridges",
					]),
				);
				assert.ok(all.some(({ id }) => id === server.id));
				const outputs = await new Instance(
					d.context.root,
					"rehearsal",
					"a",
				).readOutputs();
				assert.equal(outputs?.bridges.length, count);
			}
		},
	);

	assert.equal(await d.destroy("a"), 0, d.output());
	assert.deepEqual(await d.project(), [], "destroy leaves nothing");
});

test("a sold-out type falls back along the list, and what was chosen stays chosen", async (t) => {
	const d = await deployment(t);
	await d.write("a", {
		"server.types": ["cpx32", "ccx23"],
		"server.locations": ["nbg1", "fsn1"],
	});

	await t.test(
		"announced: the preflight goes to the next location and says so",
		async () => {
			d.cloud.faults.set({
				sold_out: [{ server_type: "cpx32", location: "nbg1" }],
			});
			assert.equal(await d.deploy("a"), 0, d.output());
			assert.equal((await servers(d))[0]?.location.name, "fsn1");
			assert.ok(
				d.said.some((sentence) =>
					/cpx32 is sold out in nbg1: fell back to cpx32 in fsn1/.test(
						sentence,
					),
				),
			);
		},
	);
	await t.test(
		"a second deploy has no changes, though nbg1 is in stock again",
		async () => {
			d.cloud.faults.set({});
			assert.equal(await d.plan("a"), 0, d.output());
			assert.equal(await d.deploy("a"), 0, d.output());
			assert.equal((await servers(d))[0]?.location.name, "fsn1");
		},
	);
	await t.test(
		"nor has one when the chosen place is sold out meanwhile",
		async () => {
			d.cloud.faults.set({
				sold_out: ["nbg1", "fsn1"].map((location) => ({
					server_type: "cpx32",
					location,
				})),
			});
			assert.equal(await d.plan("a"), 0, d.output());
		},
	);
	assert.equal(await d.destroy("a"), 0, d.output());

	await t.test(
		"unannounced: the same command tries the next place, and leaves no remains",
		async () => {
			d.cloud.faults.set({
				sold_out: ["nbg1", "fsn1"].map((location) => ({
					server_type: "cpx32",
					location,
					announced: false,
				})),
			});
			assert.equal(await d.deploy("a"), 0, d.output());
			const [server] = (await servers(d)) as [ApiServer];
			assert.equal(server.server_type.name, "ccx23");
			assert.equal(await d.plan("a"), 0, d.output());
			const addresses = (await d.project()).filter(
				({ type }) => type === "hcloud_primary_ip",
			);
			assert.equal(addresses.length, 2);
		},
	);
	assert.equal(await d.destroy("a"), 0, d.output());

	await t.test(
		"nothing in stock: nothing is made, and the message names what there is",
		async () => {
			d.cloud.faults.set({
				sold_out: ["cpx32", "ccx23"].flatMap((server_type) =>
					["nbg1", "fsn1"].map((location) => ({ server_type, location })),
				),
			});
			await assert.rejects(d.deploy("a"), {
				name: "VisibleError",
				message:
					/none of cpx32, ccx23 can be had now in nbg1, fsn1\. In stock there with 8 GB or more: .*cx43/,
			});
			assert.deepEqual(await d.project(), []);
		},
	);
});

test("two schools with the same administrator go up in one command, and each goes down alone", async (t) => {
	const d = await deployment(t);
	await d.write("one");
	await d.write("two");
	assert.equal(await d.deploy("*"), 0, d.output());
	const keys = (await d.project()).filter(
		({ type }) => type === "hcloud_ssh_key",
	);
	assert.equal(keys.length, 1, "the cloud holds a key once");
	assert.equal(await d.destroy("one"), 0, d.output());
	assert.ok((await servers(d)).some(({ name }) => name === "two"));
	assert.equal(await d.deploy("two"), 0, d.output());
	assert.equal(await d.plan("two"), 0, d.output());
	assert.equal(await d.destroy("two"), 0, d.output());
	assert.deepEqual(await d.project(), []);
});

/** Terraform's own judgement of a synthesised stack that was changed by hand. */
async function editedPlan(
	d: Deployment,
	edit: (json: string) => string,
): Promise<{ code: number; text: string }> {
	const directory = stackDirectory(d.context.root, "a");
	const file = join(directory, "cdk.tf.json");
	const original = await readFile(file, "utf8");
	const edited = edit(original);
	assert.notEqual(edited, original, "the edit must hit something");
	await writeFile(file, edited);
	try {
		const terraform =
			d.context.environment.TERRAFORM_BINARY_NAME ?? "terraform";
		const { stdout } = await run(
			terraform,
			["plan", "-detailed-exitcode", "-no-color"],
			{
				cwd: directory,
				env: d.context.environment,
			},
		);
		return { code: 0, text: stdout };
	} catch (error) {
		const { code, stdout, stderr } = error as {
			code: number;
			stdout: string;
			stderr: string;
		};
		return { code, text: stdout + stderr };
	} finally {
		await writeFile(file, original);
	}
}
