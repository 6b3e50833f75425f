import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProjectObject } from "../../provisioning/project-survey.ts";
import { quotaNotes } from "../../provisioning/quota.ts";
import {
	locksToOpen,
	orphans,
	standingOf,
} from "../../provisioning/standing.ts";
import type { StateResource } from "../../provisioning/terraform-state.ts";
import { school } from "../school-yaml.ts";

const X = school("x");
const labels = { "managed-by": "schuljitsi", school: "x" };

const state = (
	type: string,
	id: string,
	name: string,
	tainted = false,
): StateResource => ({
	type: `hcloud_${type}`,
	id,
	attributes: { id, name, location: "fsn1", server_type: "cpx32" },
	tainted,
});
const object = (
	type: string,
	id: string,
	name: string,
	more: Partial<ProjectObject> = {},
): ProjectObject => ({
	type: `hcloud_${type}`,
	id,
	name,
	labels,
	...(type === "server" ? { location: "hel1", serverType: "ccx23" } : {}),
	...more,
});

test("nothing stands before the first server was made whole", () => {
	assert.equal(standingOf(X, [], []), undefined);
	assert.equal(
		standingOf(X, [state("primary_ip", "1", "x-ipv4")], []),
		undefined,
	);
	assert.equal(
		standingOf(
			X,
			[state("server", "1", "x", true)],
			[object("server", "1", "x")],
		),
		undefined,
	);
});

test("what the cloud says goes before what the state says; a vanished server keeps its place", () => {
	assert.deepEqual(
		standingOf(X, [state("server", "1", "x")], [object("server", "1", "x")]),
		{
			location: "hel1",
			serverType: "ccx23",
			bridgeType: undefined,
		},
	);
	assert.deepEqual(standingOf(X, [state("server", "1", "x")], []), {
		location: "fsn1",
		serverType: undefined,
		bridgeType: undefined,
	});
	assert.equal(
		standingOf(X, [], [object("server", "1", "x")])?.serverType,
		"ccx23",
		"a lost state",
	);
	assert.equal(
		standingOf(X, [], [object("server", "1", "x", { labels: {} })]),
		undefined,
		"somebody else's",
	);
});

test("a deploy opens only the locks on what failed to be made", () => {
	const whole = [
		state("server", "1", "x"),
		state("primary_ip", "2", "x-ipv4"),
		state("zone", "3", "x.example"),
	];
	const cloud = [object("server", "1", "x")];
	assert.deepEqual(locksToOpen(X, whole, cloud), []);
	assert.deepEqual(locksToOpen(X, [], []), ["addresses"]);
	assert.deepEqual(locksToOpen(X, [state("server", "1", "x", true)], cloud), [
		"server",
		"addresses",
	]);
	assert.deepEqual(
		locksToOpen(
			X,
			[...whole.slice(0, 2), state("zone", "3", "x.example", true)],
			cloud,
		),
		["zone"],
	);
	assert.deepEqual(locksToOpen(X, [], cloud), [], "a lost state opens nothing");
});

test("what is taken over is the school's own and unknown to the state", () => {
	assert.deepEqual(
		orphans(
			X,
			[state("server", "1", "x"), state("network", "4", "x")],
			[
				object("server", "1", "x"),
				object("primary_ip", "2", "x-ipv4"),
				object("zone", "3", "x.example"),
				object("network", "4", "x", { subnets: ["10.83.0.0/24"] }),
				object("firewall", "5", "x-meeting", { labels: {} }),
			],
			["meet/A"],
		),
		{
			"hcloud_primary_ip:x-ipv4": "2",
			"hcloud_zone:x.example": "x.example",
			"hcloud_network_subnet:subnet": "4-10.83.0.0/24",
			"hcloud_zone_rrset:meet/A": "x.example/meet/A",
		},
	);
});

test("the servers that a deploy adds are counted before", () => {
	const wide = school("x", { "bridges.count": 2 });
	assert.match(
		quotaNotes(wide, [object("server", "9", "other")]).join(),
		/3 more servers beside the project's 1\./,
	);
	assert.match(
		quotaNotes(wide, [
			object("server", "1", "x"),
			object("server", "2", "x-bridge-1"),
		]).join(),
		/1 more server beside/,
	);
	assert.deepEqual(quotaNotes(X, [object("server", "1", "x")]), []);
});
