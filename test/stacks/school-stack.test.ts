import assert from "node:assert/strict";
import { test } from "node:test";
import { keyFingerprint } from "../../stacks/administrator-keys.ts";
import { LOCKS } from "../../stacks/lock.ts";
import { KEYS, school } from "../school-yaml.ts";
import { PLACEMENT, resources, synthSchool } from "../synth-school.ts";

const EVERYTHING = school("everything", {
	"bridges.count": 2,
	"administration.sshKeys": [...KEYS],
	"administration.sshFrom": ["198.51.100.0/24", "2001:db8:1::/48"],
	"state.backend": "s3",
	"state.s3": { bucket: "stadt", location: "fsn1" },
});

test("the smallest school and one with everything, as Terraform reads them", (t) => {
	t.assert.snapshot(synthSchool(school("small")));
	t.assert.snapshot(synthSchool(EVERYTHING));
});

test("only the listed ports are open, SSH only from the named networks", () => {
	const [meeting] = resources(synthSchool(school("x")), "hcloud_firewall");
	const rules = meeting.rule.map(
		({
			protocol,
			port,
			source_ips,
		}: {
			protocol: string;
			port?: string;
			source_ips: string[];
		}) => `${protocol} ${port ?? "-"} ${source_ips.join(" ")}`,
	);
	assert.deepEqual(rules.sort(), [
		"icmp - 0.0.0.0/0 ::/0",
		"tcp 22 198.51.100.0/24",
		"tcp 3478 0.0.0.0/0 ::/0",
		"tcp 443 0.0.0.0/0 ::/0",
		"tcp 80 0.0.0.0/0 ::/0",
		"udp 10000 0.0.0.0/0 ::/0",
		"udp 3478 0.0.0.0/0 ::/0",
	]);
	assert.ok(
		meeting.rule.every(
			({ direction }: { direction: string }) => direction === "in",
		),
	);
});

test("bridges take media and SSH, nothing else", () => {
	const bridge = resources(synthSchool(EVERYTHING), "hcloud_firewall").find(
		({ name }) => name === "everything-bridge",
	);
	assert.deepEqual(
		bridge.rule.map(({ port }: { port?: string }) => port ?? "-").sort(),
		["-", "10000", "22"],
	);
});

test("server, addresses and zone are locked twice; a lock opens alone", () => {
	const locked = synthSchool(school("x"));
	const all = ["hcloud_server", "hcloud_primary_ip", "hcloud_zone"].flatMap(
		(type) => resources(locked, type),
	);
	assert.equal(all.length, 4);
	for (const { delete_protection, lifecycle } of all) {
		assert.equal(delete_protection, true);
		assert.equal(lifecycle.prevent_destroy, true);
	}
	for (const lock of LOCKS) {
		const json = synthSchool(school("x"), { unlocked: [lock] });
		const open = ["hcloud_server", "hcloud_primary_ip", "hcloud_zone"].filter(
			(type) =>
				resources(json, type).some(
					({ lifecycle }) => lifecycle.prevent_destroy === false,
				),
		);
		assert.deepEqual(open, [
			{
				server: "hcloud_server",
				addresses: "hcloud_primary_ip",
				zone: "hcloud_zone",
			}[lock],
		]);
	}
});

test("both names get addresses of both families and a CAA record; bridges get none", () => {
	const records = resources(synthSchool(EVERYTHING), "hcloud_zone_rrset").map(
		({ name, type }) => `${name} ${type}`,
	);
	assert.deepEqual(records.sort(), [
		"meet A",
		"meet AAAA",
		"meet CAA",
		"turn.meet A",
		"turn.meet AAAA",
		"turn.meet CAA",
	]);
});

test("with manual DNS nothing is written into any zone, with a zone that is there only records", () => {
	const manual = synthSchool(
		school("x", { domain: { name: "meet.x.example" } }),
	);
	assert.equal(manual.resource.hcloud_zone, undefined);
	assert.equal(manual.resource.hcloud_zone_rrset, undefined);
	assert.equal(manual.output.dnsRecords.value.length, 6);
	const existing = synthSchool(school("x", { "domain.createZone": false }));
	assert.equal(existing.resource.hcloud_zone, undefined);
	assert.equal(resources(existing, "hcloud_zone_rrset")[0].zone, "x.example");
});

test("a machine of one's own buys nothing", () => {
	const json = synthSchool(
		school("x", {
			domain: { name: "meet.x.example" },
			"server.address": { ipv4: "203.0.113.9" },
		}),
	);
	assert.equal(json.resource, undefined);
	assert.equal(json.output.meeting.value.ipv4, "203.0.113.9");
	assert.deepEqual(
		json.output.dnsRecords.value.map(({ type }: { type: string }) => type),
		["A", "CAA", "A", "CAA"],
	);
});

test("a key that the project holds already is used, not made a second time", () => {
	const json = synthSchool(
		school("x", { "administration.sshKeys": [...KEYS] }),
		{
			placement: {
				...PLACEMENT,
				sharedKeys: { [keyFingerprint(KEYS[0])]: 77 },
			},
		},
	);
	assert.equal(resources(json, "hcloud_ssh_key").length, 1);
	assert.equal(resources(json, "hcloud_server")[0].ssh_keys[0], "77");
});

test("a key's comment reaches neither the cloud nor Terraform's expressions", () => {
	const hostile = `${KEYS[0].split(" ").slice(0, 2).join(" ")} \${file("/etc/passwd")}`;
	const text = JSON.stringify(
		synthSchool(school("x", { "administration.sshKeys": [hostile, KEYS[1]] })),
	);
	assert.doesNotMatch(text, /passwd"\)|it@/);
});

test("what the cloud holds and the state does not know is imported", () => {
	const json = synthSchool(school("x"), {
		adopt: {
			"hcloud_server:x": "12",
			"hcloud_zone_rrset:meet/A": "x.example/meet/A",
			"hcloud_network_subnet:subnet": "3-10.83.0.0/24",
		},
	});
	assert.deepEqual(
		json.import
			.map(
				({ id, to }: { id: string; to: string }) => `${to.split(".")[0]} ${id}`,
			)
			.sort(),
		[
			"hcloud_network_subnet 3-10.83.0.0/24",
			"hcloud_server 12",
			"hcloud_zone_rrset x.example/meet/A",
		],
	);
});

test("nothing that looks like a secret reaches the synthesised JSON", () => {
	const text = JSON.stringify(synthSchool(EVERYTHING));
	assert.deepEqual(secretsIn(text), []);
	// The scan itself must find what it is for.
	for (const planted of [
		"-----BEGIN OPENSSH PRIVATE KEY-----",
		'"token": "abc"',
		"password: hunter2",
		`HCLOUD_TOKEN=${"a1B2".repeat(16)}`,
		"a1B2".repeat(16),
	]) {
		assert.equal(secretsIn(`${text}\n${planted}`).length > 0, true, planted);
	}
});

/** Private keys, words that announce a secret with a value behind them, and token-like strings. */
function secretsIn(text: string): string[] {
	const withoutPublicKeys = text.replace(/ssh-ed25519 [A-Za-z0-9+/=]+/g, "");
	return [
		/-----BEGIN [A-Z ]*PRIVATE KEY-----/,
		/\b(token|secret|password|passwd|api_?key)\\?"?\s*[:=]\s*\\?"?[^\s",\\]+/i,
		/(?<![A-Za-z0-9+/])[A-Za-z0-9]{64}(?![A-Za-z0-9+/])/,
	].flatMap((pattern) => pattern.exec(withoutPublicKeys)?.[0] ?? []);
}
