import assert from "node:assert/strict";
import { Resolver } from "node:dns/promises";
import { test } from "node:test";
import { delegationSentence } from "../../provisioning/dns-delegation.ts";
import { startDnsServer } from "../dns-server.ts";

const ASSIGNED = ["hydrogen.ns.hetzner.com.", "oxygen.ns.hetzner.com."];
const ns = (data: string) => ({
	name: "school.example",
	type: "NS" as const,
	data,
});

const cases: [string, string[], RegExp][] = [
	[
		"right, whatever the order and case",
		["Oxygen.ns.hetzner.com", "hydrogen.ns.hetzner.com"],
		/right/,
	],
	[
		"elsewhere",
		["ns1.other.example"],
		/found ns1\.other\.example, expected hydrogen.*Have the registrar change it/,
	],
	[
		"only half",
		["oxygen.ns.hetzner.com"],
		/found oxygen\.ns\.hetzner\.com, expected hydrogen/,
	],
	[
		"not at all",
		[],
		/none found, expected hydrogen.*Have the registrar delegate it/,
	],
];
for (const [name, servers, words] of cases) {
	test(`a zone that is delegated ${name}`, async (t) => {
		const server = await startDnsServer(servers.map(ns));
		t.after(() => server.close());
		const resolver = new Resolver({ timeout: 500, tries: 1 });
		resolver.setServers([server.address]);
		assert.match(
			await delegationSentence("school.example", ASSIGNED, resolver),
			words,
		);
	});
}

test("where no name server answers, it is not tested and not called wrong", async () => {
	const resolver = new Resolver({ timeout: 100, tries: 1 });
	resolver.setServers(["127.0.0.1:9"]);
	assert.match(
		await delegationSentence("school.example", ASSIGNED, resolver),
		/not tested, no name server answered here/,
	);
});
