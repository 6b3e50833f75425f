// Renews stacks/hcloud: the provider's schema as it prints it, and the CDK's classes from it. Run it
// after changing the provider's version in terraform/releases.ts.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateBindings } from "../terraform/generate-bindings.ts";
import { readProviderSchema } from "../terraform/provider-schema.ts";
import { terraformEnvironment } from "../terraform/terraform-environment.ts";

const target = join(import.meta.dirname, "..", "stacks", "hcloud");
const schemaFile = join(target, "schema.json");
const environment = {
	...process.env,
	...(await terraformEnvironment(console.error)),
};
console.error(`Print the provider's schema into ${schemaFile} …`);
await writeFile(schemaFile, await readProviderSchema(environment));
console.error(`Generate the classes in ${target} …`);
await generateBindings(schemaFile, target, environment);
