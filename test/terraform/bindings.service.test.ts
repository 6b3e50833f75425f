import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
	BOUND_RESOURCES,
	generateBindings,
} from "../../terraform/generate-bindings.ts";
import {
	PROVIDER_NAME,
	readProviderSchema,
} from "../../terraform/provider-schema.ts";
import { terraformEnvironment } from "../../terraform/terraform-environment.ts";

const committed = join(import.meta.dirname, "../../stacks/hcloud");
const schemaFile = join(committed, "schema.json");

test("the saved schema is what the real provider prints", async (t) => {
	const environment = await terraformEnvironment((text) => t.diagnostic(text));
	const printed = provider(
		await readProviderSchema({ ...process.env, ...environment }),
	);
	const saved = provider(await readFile(schemaFile, "utf8"));
	// A newer Terraform prints further sections; those that are saved have to be the same.
	for (const [section, content] of Object.entries(saved)) {
		assert.deepEqual(printed[section], content, section);
	}
	for (const resource of BOUND_RESOURCES) {
		assert.ok(resource in (saved.resource_schemas as object), resource);
	}
});

test("the committed classes are what the saved schema generates", async (t) => {
	const environment = await terraformEnvironment((text) => t.diagnostic(text));
	const target = await mkdtemp(join(tmpdir(), "schuljitsi-test-"));
	t.after(() => rm(target, { recursive: true, force: true }));
	await generateBindings(schemaFile, target, {
		...process.env,
		...environment,
	});
	const generated = await sources(target);
	assert.equal(generated.length, BOUND_RESOURCES.length + 2);
	assert.deepEqual(await sources(committed), generated);
	for (const file of generated) {
		assert.equal(
			await readFile(join(committed, file), "utf8"),
			await readFile(join(target, file), "utf8"),
			file,
		);
	}
});

function provider(schema: string): Record<string, unknown> {
	return JSON.parse(schema).provider_schemas[PROVIDER_NAME];
}

async function sources(directory: string): Promise<string[]> {
	const files = await readdir(directory, { recursive: true });
	return files.filter((file) => file.endsWith(".ts")).sort();
}
