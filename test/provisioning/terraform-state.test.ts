import assert from "node:assert/strict";
import { test } from "node:test";
import { stateResources } from "../../provisioning/terraform-state.ts";

const document = {
	version: 4,
	serial: 3,
	resources: [
		{
			mode: "managed",
			type: "hcloud_server",
			name: "x",
			instances: [
				{ attributes: { id: "42", name: "musterschule" }, status: "tainted" },
			],
		},
		{
			mode: "data",
			type: "hcloud_image",
			name: "y",
			instances: [{ attributes: { id: 1 } }],
		},
		{
			mode: "managed",
			type: "hcloud_primary_ip",
			name: "z",
			instances: [{ attributes: { id: 7 } }],
		},
	],
};

test("managed resources are read, with their taint", () => {
	assert.deepEqual(
		stateResources(JSON.stringify(document))?.map(({ type, id, tainted }) => [
			type,
			id,
			tainted,
		]),
		[
			["hcloud_server", "42", true],
			["hcloud_primary_ip", "7", false],
		],
	);
});

test("no state is an empty one; a state that is unreadable here is not taken for empty", () => {
	assert.deepEqual(stateResources(""), []);
	assert.deepEqual(stateResources("\n"), []);
	assert.equal(
		stateResources('{"encrypted_data":"…","encryption_version":"v0"}'),
		undefined,
	);
	assert.equal(stateResources("{"), undefined);
	assert.equal(stateResources('{"version":3,"modules":[]}'), undefined);
});
