import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SERVER_TYPES } from "../../school/server-types.ts";
import {
	MINIMUM_MEMORY_GB,
	type SizingQuestion,
	sizeServer,
} from "../../school/sizing.ts";

test("sizes from a class to a large school", () => {
	const sizes: [SizingQuestion, number, string, string][] = [
		[
			{ participants: 10, rooms: 1, maxVideoHeight: 180 },
			2,
			"ccx13",
			"published",
		],
		[
			{ participants: 60, rooms: 3, maxVideoHeight: 360 },
			4,
			"cpx32",
			"published",
		],
		[
			{ participants: 180, rooms: 36, maxVideoHeight: 360 },
			9,
			"cpx52",
			"published",
		],
		[
			{ participants: 100, rooms: 1, maxVideoHeight: 180 },
			3,
			"cpx32",
			"extrapolated",
		],
		[
			{ participants: 400, rooms: 20, maxVideoHeight: 720 },
			16,
			"cpx62",
			"extrapolated",
		],
	];
	for (const [question, cores, first, confidence] of sizes) {
		const sizing = sizeServer(question);
		assert.deepEqual(
			[sizing.cores, sizing.candidates[0], sizing.confidence],
			[cores, first, confidence],
			JSON.stringify(question),
		);
	}
});

test("whatever is asked, there is a candidate, none below eight GB, none too small, more people never need less", () => {
	const question = fc.record({
		participants: fc.integer({ min: 2, max: 2000 }),
		rooms: fc.integer({ min: 1, max: 1000 }),
		maxVideoHeight: fc.constantFrom(180 as const, 360 as const, 720 as const),
	});
	fc.assert(
		fc.property(question, (asked) => {
			const sizing = sizeServer(asked);
			assert.ok(sizing.candidates.length > 0);
			for (const name of sizing.candidates) {
				const type = SERVER_TYPES.find((facts) => facts.name === name);
				assert.ok(
					type && type.memoryGb >= Math.max(MINIMUM_MEMORY_GB, sizing.memoryGb),
				);
				assert.ok(type.cores >= sizing.cores && type.architecture === "x86");
			}
			const more = sizeServer({
				...asked,
				participants: asked.participants + 50,
			});
			assert.ok(
				more.cores >= sizing.cores &&
					more.suggestedBridges >= sizing.suggestedBridges,
			);
		}),
	);
});
