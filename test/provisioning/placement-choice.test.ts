import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerType } from "../../provisioning/catalogue.ts";
import {
	type Choice,
	choosePlacement,
	firstWish,
	type Standing,
} from "../../provisioning/placement-choice.ts";
import { school } from "../school-yaml.ts";

const TYPES = ["cpx32", "cpx42", "ccx23"];
const LOCATIONS = ["fsn1", "nbg1", "hel1"];

/** A catalogue in which everything is in stock but `type@location`. */
function stock(...soldOut: string[]): ServerType[] {
	return TYPES.map((name) => ({
		name,
		cores: 4,
		memory: 8,
		architecture: "x86",
		locations: LOCATIONS.map((location) => ({
			name: location,
			available: !soldOut.includes(`${name}@${location}`),
			deprecation: null,
		})),
	}));
}

const settings = (changes: Record<string, unknown> = {}) =>
	school("x", {
		"server.types": ["cpx32", "cpx42"],
		"server.locations": ["nbg1", "fsn1"],
		...changes,
	}).settings;

const told = (choice: Choice) =>
	choice.ok
		? `${choice.serverType}@${choice.location}/${choice.bridgeType}`
		: choice.reason;

const HERE: Standing = {
	location: "fsn1",
	serverType: "cpx32",
	bridgeType: undefined,
};

test("chooses the best type before the nearest place, and says why it fell back", () => {
	const cases: [string, string[], string, RegExp | undefined][] = [
		["all in stock", [], "cpx32@nbg1/cpx32", undefined],
		[
			"first place sold out",
			["cpx32@nbg1"],
			"cpx32@fsn1/cpx32",
			/cpx32 is sold out in nbg1: fell back to cpx32 in fsn1/,
		],
		[
			"type sold out in all places",
			["cpx32@nbg1", "cpx32@fsn1"],
			"cpx42@nbg1/cpx32",
			/cpx32 is sold out in nbg1, fsn1: fell back to cpx42 in nbg1/,
		],
	];
	for (const [name, soldOut, expected, note] of cases) {
		const choice = choosePlacement(settings(), stock(...soldOut));
		assert.equal(told(choice), expected, name);
		assert.ok(choice.ok);
		if (note) assert.match(choice.notes.join(), note);
		else assert.deepEqual(choice.notes, []);
	}
});

test("bridges stand where the server stands", () => {
	const choice = choosePlacement(
		settings({ "bridges.count": 2, "bridges.types": ["ccx23"] }),
		stock("ccx23@nbg1"),
	);
	assert.equal(told(choice), "cpx32@fsn1/ccx23");
});

test("what stands stays, whatever the stock says, as long as the settings accept it", () => {
	const sold = stock("cpx32@fsn1", "cpx32@nbg1");
	assert.equal(
		told(choosePlacement(settings(), sold, HERE)),
		"cpx32@fsn1/cpx32",
	);
});

test("a type that the settings no longer accept is replaced in the same place, and said", () => {
	const choice = choosePlacement(
		settings({ "server.types": ["ccx23"] }),
		stock(),
		HERE,
	);
	assert.equal(told(choice), "ccx23@fsn1/ccx23");
	assert.ok(
		choice.ok &&
			/no longer accept cpx32: the server becomes a ccx23 and is off for a few minutes/.test(
				choice.notes.join(),
			),
	);
});

test("a place that the settings no longer accept stops the deploy", () => {
	const choice = choosePlacement(
		settings({ "server.locations": ["hel1"] }),
		stock(),
		HERE,
	);
	assert.match(
		told(choice),
		/server\.locations: found hel1, but the school stands in fsn1/,
	);
});

test("a vanished server is made anew in its place only", () => {
	const vanished = { ...HERE, serverType: undefined };
	assert.equal(
		told(choosePlacement(settings(), stock("cpx32@fsn1"), vanished)),
		"cpx42@fsn1/cpx32",
	);
	assert.match(
		told(
			choosePlacement(settings(), stock("cpx32@fsn1", "cpx42@fsn1"), vanished),
		),
		/none of cpx32, cpx42 can be had now in fsn1/,
	);
});

test("what was refused in this run is not tried again", () => {
	const choice = choosePlacement(settings(), stock(), undefined, [
		{ location: "nbg1", serverType: "cpx32" },
	]);
	assert.equal(told(choice), "cpx32@fsn1/cpx32");
});

test("a type that the cloud does not know is named", () => {
	assert.match(
		told(choosePlacement(settings({ "server.types": ["cx99"] }), stock())),
		/unknown to the cloud: cx99.*In stock there with 8 GB or more: cpx32, cpx42, ccx23/,
	);
});

test("without asking a cloud, the first of every list is wished", () => {
	assert.deepEqual(firstWish(settings()), {
		location: "nbg1",
		serverType: "cpx32",
		bridgeType: "cpx32",
		sharedKeys: {},
	});
});
