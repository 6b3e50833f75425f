import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseSchool } from "../../school/parse-school.ts";
import { problemLine } from "../../school/problem.ts";
import { schoolYaml } from "../school-yaml.ts";
import { CASES } from "./broken-files.ts";

for (const { name, bytes, file = "schools/x.yaml", messages } of CASES) {
	test(`a broken file is told exactly what is wrong: ${name}`, () => {
		const { school, problems } = parseSchool(
			Buffer.from(bytes as string),
			file,
		);
		assert.equal(school, undefined);
		assert.deepEqual(
			problems.map((problem) => problemLine(problem).replace(`${file}:`, "")),
			messages,
		);
	});
}

test("there are at least thirty of them", () => {
	assert.ok(CASES.filter(({ messages }) => messages.length > 0).length >= 30);
});

test("a private key is never repeated in a message", () => {
	const text = schoolYaml("x", {
		"administration.sshKeys": [
			"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA",
		],
	});
	const lines = parseSchool(Buffer.from(text), "x.yaml")
		.problems.map(problemLine)
		.join();
	assert.match(lines, /PRIVATE one; remove it at once/);
	assert.doesNotMatch(lines, /b3Blbn/);
});

test("a byte-order mark, CRLF and flow style are fine", () => {
	const text = schoolYaml("x");
	for (const variant of [
		`\ufeff${text}`,
		text.replaceAll("\n", "\r\n"),
		`# c\n${text}`,
	]) {
		assert.deepEqual(parseSchool(Buffer.from(variant), "x.yaml").problems, []);
	}
});

const settingNames =
	"school domain server name email types sshKeys sshFrom locations count lobby".split(
		" ",
	);
const scalar = fc.oneof(
	fc.string(),
	fc.integer(),
	fc.double(),
	fc.constantFrom(
		"true",
		"~",
		"NO",
		"0x1F",
		"1e400",
		"2026-11-23",
		"!!binary a",
		"|",
		">",
		"*a",
		"&a",
		"'",
		'"',
	),
);
const yamlish = fc.letrec((tie) => ({
	value: fc.oneof({ depthSize: "small" }, scalar, tie("map"), tie("list")),
	map: fc
		.array(
			fc.tuple(
				fc.oneof(fc.constantFrom(...settingNames), fc.string()),
				tie("value"),
			),
			{ maxLength: 5 },
		)
		.map(
			(pairs) =>
				`{${pairs.map(([key, value]) => `${key}: ${value}`).join(", ")}}`,
		),
	list: fc
		.array(tie("value"), { maxLength: 4 })
		.map((items) => `[${items.join(", ")}]`),
})).value;

/** A valid file in which bytes were changed, cut, doubled or inserted. */
const damaged = fc
	.tuple(
		fc.constant(
			Buffer.from(
				schoolYaml("x", { "server.types": ["cpx32"], "bridges.count": 2 }),
			),
		),
		fc.array(
			fc.tuple(
				fc.nat(700),
				fc.nat(5),
				fc.oneof(
					fc.uint8Array({ maxLength: 6 }),
					fc.constantFrom(
						...[
							"\t",
							"- ",
							": ",
							"\n",
							"{",
							"[",
							"&a ",
							"*a",
							"!",
							"\u2028",
							"---\n",
							"<<: ",
						].map((text) => new Uint8Array(Buffer.from(text))),
					),
				),
			),
			{ minLength: 1, maxLength: 4 },
		),
	)
	.map(([bytes, edits]) =>
		edits.reduce((before, [at, cut, insert]) => {
			const offset = at % (before.length + 1);
			return Buffer.concat([
				before.subarray(0, offset),
				insert,
				before.subarray(offset + cut),
			]);
		}, bytes),
	);

test("five thousand fuzzed files give a school or problems with a place, never a crash", () => {
	const any = fc.oneof(
		damaged,
		fc.uint8Array({ maxLength: 300 }),
		yamlish.map((text) => Buffer.from(String(text))),
		fc
			.tuple(fc.constantFrom(...settingNames), yamlish)
			.map(([key, value]) =>
				Buffer.from(`${schoolYaml("x")}${key}: ${value}\n`),
			),
	);
	fc.assert(
		fc.property(any, (bytes) => {
			const { school, problems } = parseSchool(bytes, "schools/x.yaml");
			assert.equal(school === undefined, problems.length > 0);
			for (const problem of problems) {
				assert.ok(problem.line >= 1 && problem.column >= 1);
				assert.match(problem.message, /^found .+, expected .+; .+/s);
				assert.doesNotMatch(
					problemLine(problem),
					/[\p{Cc}\u2028\u202e]|\n\s+at /u,
				);
			}
		}),
		{ numRuns: 5000 },
	);
});
