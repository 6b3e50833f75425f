import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { jsonSchema, jsonSchemaText } from "../../school/json-schema.ts";
import { parseSchool } from "../../school/parse-school.ts";
import { problemLine } from "../../school/problem.ts";
import { schoolYaml } from "../school-yaml.ts";
import { CASES } from "./broken-files.ts";

const EXAMPLE = readFileSync("schools/musterschule.yaml", "utf8");
const SHORT = readFileSync("schools/dorfschule.yaml", "utf8");

interface Alternatives {
	login: Record<string, object>;
	server: { address: object };
	state: { s3: object };
	administration: { sshFromAnyReason: string };
}

interface SchemaNode {
	properties?: Record<string, SchemaNode>;
	default?: unknown;
}

/** Paths of all settings, the sections themselves left out. */
function paths(node: SchemaNode, path: string[] = []): string[] {
	return Object.entries(node.properties ?? {}).flatMap(([key, inner]) =>
		inner.properties
			? paths(inner, [...path, key])
			: [[...path, key].join(".")],
	);
}

/** The example with every optional setting live: `#key:` and `#  key:`, but not `# prose`. */
function uncommented(): unknown {
	return parse(EXAMPLE.replace(/^( *)#(?=\S| {2})/gm, "$1"));
}

function at(settings: unknown, path: string): unknown {
	return path
		.split(".")
		.reduce<unknown>(
			(node, key) => (node as Record<string, unknown> | undefined)?.[key],
			settings,
		);
}

test("the example names every setting, each once, live or commented out", () => {
	const names = paths(jsonSchema() as SchemaNode);
	const document = uncommented();
	const missing = names.filter((path) => at(document, path) === undefined);
	assert.deepEqual(missing, []);
	assert.ok(names.length > 50);
});

test("the example is valid and shows the defaults where it does not say otherwise", () => {
	const { school, problems } = parseSchool(
		Buffer.from(EXAMPLE),
		"schools/musterschule.yaml",
	);
	assert.deepEqual(problems.map(problemLine), []);
	const plain = parseSchool(Buffer.from(schoolYaml("x")), "x.yaml").school;
	for (const section of [
		"server",
		"bridges",
		"meetings",
		"login",
		"privacy",
		"embedding",
		"state",
	] as const) {
		assert.deepEqual(
			school?.settings[section],
			plain?.settings[section],
			section,
		);
	}
});

test("each commented-out alternative of the example is valid where it belongs", () => {
	const alternatives: [string, Record<string, unknown>][] = [
		["types", { "server.types": ["cpx42", "ccx23"] }],
		["bridges", { "bridges.count": 2, "bridges.types": ["cpx32"] }],
	];
	const document = uncommented() as Alternatives;
	for (const method of ["jwt", "ldap", "oidc"]) {
		alternatives.push([
			method,
			{ login: { method, [method]: document.login[method] } },
		]);
	}
	alternatives.push([
		"address",
		{ server: { address: document.server.address } },
	]);
	alternatives.push([
		"s3",
		{ state: { backend: "s3", s3: document.state.s3 } },
	]);
	alternatives.push([
		"any",
		{
			"administration.sshFrom": "any",
			"administration.sshFromAnyReason":
				document.administration.sshFromAnyReason,
		},
	]);
	for (const [name, changes] of alternatives) {
		const { problems } = parseSchool(
			Buffer.from(schoolYaml("x", changes)),
			"x.yaml",
		);
		assert.deepEqual(problems.map(problemLine), [], name);
	}
});

test("the shortest file has about ten lines and is valid", () => {
	assert.deepEqual(
		parseSchool(Buffer.from(SHORT), "schools/dorfschule.yaml").problems,
		[],
	);
	assert.ok(SHORT.trim().split("\n").length <= 12);
});

test("the shipped JSON Schema is that of the settings", () => {
	assert.equal(
		readFileSync("schools/school.schema.json", "utf8"),
		jsonSchemaText(),
		"run node scripts/renew-json-schema.ts",
	);
});

test("the JSON Schema and the settings agree on what is right", () => {
	const validate = new Ajv2020({ strict: false }).compile(jsonSchema());
	for (const text of [
		EXAMPLE,
		SHORT,
		schoolYaml("x"),
		schoolYaml("x", { "bridges.count": 10 }),
	]) {
		assert.ok(validate(parse(text)), JSON.stringify(validate.errors));
	}
	const wrong: Record<string, unknown>[] = [
		{ "meetings.loby": true },
		{ "meetings.lobby": "yes" },
		{ "meetings.maxVideoHeight": 1080 },
		{ "server.locations": ["ash"] },
		{ "server.locations": [] },
		{ "server.participants": 1 },
		{ "school.country": "CH" },
		{ "school.name": undefined },
		{ "domain.name": "https://x.example" },
		{ "administration.sshFrom": undefined },
		{ "administration.sshFrom": "everywhere" },
		{ "login.method": "kerberos" },
		{ "privacy.logRetentionDays": 400 },
		{ "server.types": ["t2.micro"] },
		{ "state.backend": "gcs" },
	];
	for (const changes of wrong) {
		const text = schoolYaml("x", changes);
		assert.equal(validate(parse(text)), false, JSON.stringify(changes));
		assert.ok(
			parseSchool(Buffer.from(text), "x.yaml").problems.length > 0,
			JSON.stringify(changes),
		);
	}
	assert.ok(CASES.length > wrong.length);
});

test("defaults that depend on other settings are filled in", () => {
	const settings = parseSchool(
		Buffer.from(schoolYaml("x", { "server.participants": 51 })),
		"x.yaml",
	).school?.settings;
	assert.equal(settings?.server.rooms, 3);
	assert.equal(settings?.domain.zone, "x.example");
	assert.equal(settings?.certificates.caaIssuer, "letsencrypt.org");
	assert.equal(settings?.administration.alertEmail, "amt@musterstadt.example");
	assert.equal(settings?.school.contact.email, "amt@musterstadt.example");
});
