import assert from "node:assert/strict";
import { test } from "node:test";
import {
	explainFailure,
	refusedPlacements,
} from "../../provisioning/failure.ts";
import type { Prepared } from "../../provisioning/preflight-school.ts";
import { school } from "../school-yaml.ts";
import { PLACEMENT } from "../synth-school.ts";

const prepared = (id: string): Prepared => ({
	school: school(id),
	placement: { ...PLACEMENT, bridgeType: "ccx23" },
	unlocked: [],
	adopt: {},
	notes: [],
	price: undefined,
	state: [],
});

const framed = (
	where: string,
	code: string,
) => `a  hcloud_network.x: Creation complete
╷
│ Error: error during placement (${code}, 4a50)
│
│   with ${where} (meeting-server/server),
│   on cdk.tf.json line 380, in resource.${where}:
│  380:       }
│
╵
Invoking Terraform CLI failed with exit code 1`;
const plain = (where: string, code: string) =>
	framed(where, code)
		.replace(/^[╷╵]$/gm, "")
		.replace(/^│ ?/gm, "");

for (const [name, form] of [
	["on a terminal", framed],
	["elsewhere", plain],
] as const) {
	test(`what the cloud refused is read from Terraform's error ${name}`, () => {
		const output = form(
			"hcloud_server.meeting-server_F348E190",
			"resource_unavailable",
		);
		assert.deepEqual(refusedPlacements(output, [prepared("a")]), [
			{ location: "nbg1", serverType: "cpx32" },
		]);
		const bridge = form(
			"hcloud_server.bridge-servers_bridge-1_FDCE229C",
			"resource_unavailable",
		);
		assert.deepEqual(refusedPlacements(bridge, [prepared("a")]), [
			{ location: "nbg1", serverType: "ccx23" },
		]);
		assert.deepEqual(
			refusedPlacements(form("hcloud_server.x", "other"), [prepared("a")]),
			[],
		);
	});

	test(`codes that a person can act on are explained ${name}`, () => {
		for (const [code, words] of [
			["resource_limit_exceeded", /account's limit is reached/],
			["unauthorized", /refused the token/],
			["rate_limit_exceeded", /Wait an hour/],
		] as const) {
			assert.match(explainFailure(form("hcloud_server.x", code)).join(), words);
		}
		assert.deepEqual(
			explainFailure(form("hcloud_server.x", "service_error")),
			[],
		);
		assert.deepEqual(
			explainFailure("unauthorized, but no error of Terraform's"),
			[],
		);
	});
}
