import assert from "node:assert/strict";
import { Resolver } from "node:dns/promises";
import { test } from "node:test";
import {
	missingRecords,
	waitForRecords,
	zoneFileLines,
} from "../../provisioning/dns-wait.ts";
import { dnsPlan } from "../../stacks/dns-plan.ts";
import { startDnsServer } from "../dns-server.ts";

const NAME = "meet.musterschule.example";
const records = dnsPlan(
	NAME,
	{ ipv4: "203.0.113.7", ipv6: "2001:db8::1" },
	"letsencrypt.org",
);
const right = [NAME, `turn.${NAME}`].flatMap((name) => [
	{ name, type: "A" as const, data: "203.0.113.7" },
	{ name, type: "AAAA" as const, data: "2001:db8:0:0::1" },
	{
		name,
		type: "CAA" as const,
		data: { flags: 0, tag: "issue" as const, value: "letsencrypt.org" },
	},
	{
		name,
		type: "CAA" as const,
		data: { flags: 0, tag: "issuewild" as const, value: ";" },
	},
]);

async function resolver(
	t: { after(work: () => void): void },
	answers: typeof right,
) {
	const server = await startDnsServer(answers);
	t.after(() => server.close());
	const asks = new Resolver({ timeout: 500, tries: 1 });
	asks.setServers([server.address]);
	return { asks, server };
}

test("records that are all there are not missing", async (t) => {
	const { asks } = await resolver(t, right);
	assert.deepEqual(await missingRecords(records, asks), []);
});

test("each kind of mistake is found", async (t) => {
	const without = (type: string) =>
		right.filter((record) => record.type !== type);
	const cases: [string, typeof right, string[]][] = [
		["nothing there", [], ["A", "AAAA", "CAA"]],
		["no IPv6", without("AAAA"), ["AAAA"]],
		["no CAA", without("CAA"), ["CAA"]],
		[
			"another address beside the right one",
			[...right, { name: NAME, type: "A", data: "192.0.2.1" }],
			["A"],
		],
		[
			"another authority may issue too",
			[
				...right,
				{
					name: NAME,
					type: "CAA",
					data: { flags: 0, tag: "issue", value: "other.example" },
				},
			],
			["CAA"],
		],
	];
	for (const [name, answers, missing] of cases) {
		const { asks } = await resolver(t, answers);
		assert.deepEqual(
			(await missingRecords(records, asks))
				.filter((record) => record.name === NAME)
				.map(({ type }) => type),
			missing,
			name,
		);
	}
});

test("waiting ends as soon as the last record is there, and says what is missing meanwhile", async (t) => {
	const { asks, server } = await resolver(t, right.slice(0, 4));
	const said: string[] = [];
	const missing = await waitForRecords({
		records,
		resolver: asks,
		patience: 60_000,
		interval: 5,
		report: (sentence) => {
			said.push(sentence);
			server.records = right;
		},
	});
	assert.deepEqual(missing, []);
	assert.deepEqual(said, [
		`Waiting for DNS: 3 of 6 record sets are there; missing turn.${NAME} A, turn.${NAME} AAAA, turn.${NAME} CAA.`,
	]);
});

test("waiting gives up when its patience ends", async (t) => {
	const { asks } = await resolver(t, []);
	const missing = await waitForRecords({
		records,
		resolver: asks,
		patience: 0,
		interval: 5,
		report: () => {},
	});
	assert.equal(missing.length, 6);
});

test("the records are shown as a zone file has them", () => {
	assert.deepEqual(zoneFileLines(records).slice(0, 4), [
		`${NAME}.  300  IN  A  203.0.113.7`,
		`${NAME}.  300  IN  AAAA  2001:db8::1`,
		`${NAME}.  300  IN  CAA  0 issue "letsencrypt.org"`,
		`${NAME}.  300  IN  CAA  0 issuewild ";"`,
	]);
});
