import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { userData } from "../../stacks/user-data.ts";
import { cloudInitSchema } from "../cloud-init-schema.ts";

const KEY =
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG4XbRYZlDqYDM0w4c8m7gWQ3mIq3h4hWJ0oXlZ9wG3h it@musterschule.example";
const text = userData({
	publicKeys: [KEY],
	sshNetworks: ["198.51.100.0/24", "2001:db8:1::/48"],
});

test("user data is what cloud-init's own validator accepts", async (t) => {
	const verdict = await cloudInitSchema(text);
	if ("missing" in verdict) return t.skip(verdict.missing);
	assert.ok(verdict.valid, verdict.words);
	assert.doesNotMatch(verdict.words, /deprecat/i);
});

test("the validator refuses what is wrong", async (t) => {
	const verdict = await cloudInitSchema(
		text.replace("ssh_pwauth: false", "ssh_pwauth: [1]"),
	);
	if ("missing" in verdict) return t.skip(verdict.missing);
	assert.equal(verdict.valid, false);
	assert.match(verdict.words, /ssh_pwauth/);
});

test("root and passwords are locked out, the administrators' keys are in", () => {
	const document = parse(text);
	assert.equal(document.disable_root, true);
	assert.equal(document.ssh_pwauth, false);
	assert.equal(document.users.length, 1);
	assert.equal(document.users[0].lock_passwd, true);
	assert.deepEqual(document.users[0].ssh_authorized_keys, [KEY]);
});

test("the first packet filter lets in SSH from the named networks and nothing else", () => {
	const filter = parse(text).write_files.find(
		({ path }: { path: string }) => path === "/etc/nftables.conf",
	).content as string;
	assert.match(filter, /policy drop/);
	assert.doesNotMatch(filter, /flush ruleset/);
	assert.deepEqual(
		filter.match(/.*dport.*/g)?.map((line) => line.trim()),
		[
			"ip saddr 198.51.100.0/24 tcp dport 22 accept",
			"ip6 saddr 2001:db8:1::/48 tcp dport 22 accept",
		],
	);
});

test("user data fits the cloud's limit of 32 KiB with fifty keys and networks", () => {
	const large = userData({
		publicKeys: Array.from({ length: 50 }, () => KEY),
		sshNetworks: Array.from(
			{ length: 50 },
			(_, index) => `198.51.${index}.0/24`,
		),
	});
	assert.ok(Buffer.byteLength(large) < 32 * 1024);
});
