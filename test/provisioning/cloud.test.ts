import assert from "node:assert/strict";
import { test } from "node:test";
import {
	cloudFromEnvironment,
	cloudSentence,
} from "../../provisioning/cloud.ts";

const TOKEN = "a1B2".repeat(16);

test("without a token the embedded cloud serves", () => {
	assert.equal(cloudFromEnvironment({}), undefined);
	assert.equal(cloudFromEnvironment({ HCLOUD_TOKEN: "" }), undefined);
});

test("a token means the real cloud, unless the endpoint is on this computer", () => {
	const cases: [string | undefined, string, string][] = [
		[undefined, "hetzner", "https://api.hetzner.cloud/v1"],
		[
			"https://proxy.school.example/v1/",
			"hetzner",
			"https://proxy.school.example/v1",
		],
		["http://127.0.0.1:4000/v1", "rehearsal", "http://127.0.0.1:4000/v1"],
		["http://localhost:4000/v1", "rehearsal", "http://localhost:4000/v1"],
		["http://[::1]:4000/v1", "rehearsal", "http://[::1]:4000/v1"],
		[
			"https://127.0.0.1.evil.example/v1",
			"hetzner",
			"https://127.0.0.1.evil.example/v1",
		],
	];
	for (const [HCLOUD_ENDPOINT, name, endpoint] of cases) {
		assert.deepEqual(
			cloudFromEnvironment({ HCLOUD_TOKEN: TOKEN, HCLOUD_ENDPOINT }),
			{ name, endpoint, token: TOKEN },
			HCLOUD_ENDPOINT,
		);
	}
});

test("a token or an endpoint that cannot be right is refused, and the token is not repeated", () => {
	assert.throws(
		() => cloudFromEnvironment({ HCLOUD_TOKEN: "s3cret" }),
		(error: Error) => {
			assert.match(
				error.message,
				/found 6 characters, expected the 64 letters and digits/,
			);
			assert.doesNotMatch(error.message, /s3cret/);
			return error.name === "VisibleError";
		},
	);
	for (const HCLOUD_ENDPOINT of [
		"http://api.hetzner.cloud/v1",
		"ftp://x",
		"nonsense",
	]) {
		assert.throws(
			() => cloudFromEnvironment({ HCLOUD_TOKEN: TOKEN, HCLOUD_ENDPOINT }),
			/HCLOUD_ENDPOINT: found .*, expected an https address/,
		);
	}
});

test("the sentence about the cloud leaves no doubt whether something real stands", () => {
	assert.match(
		cloudSentence("rehearsal"),
		/No real server stands, nothing is billed/,
	);
	assert.match(cloudSentence("hetzner"), /real and is billed/);
});
