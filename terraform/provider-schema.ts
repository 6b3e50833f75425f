import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PROVIDER } from "./releases.ts";

const run = promisify(execFile);

/** What `terraform providers schema -json` prints, as far as it is used here. */
export interface ProviderSchemas {
	readonly format_version: string;
	readonly provider_schemas: Readonly<
		Record<string, { readonly resource_schemas: Record<string, unknown> }>
	>;
}

/** The provider's full name, by which the saved schema and the stacks call it. */
export const PROVIDER_NAME = `${PROVIDER.registries[0]}/${PROVIDER.source}`;

/**
 * Asks the real provider, by the real Terraform or OpenTofu, for its schema.
 *
 * @param environment - that of `terraformEnvironment`
 * @returns the JSON on one line as it is printed, under Terraform's name of the provider
 * @throws Error with what Terraform says
 */
export async function readProviderSchema(
	environment: NodeJS.ProcessEnv,
): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), "schuljitsi-schema-"));
	const terraform = async (...argv: string[]) =>
		(
			await run(environment.TERRAFORM_BINARY_NAME ?? "terraform", argv, {
				cwd: directory,
				env: environment,
				maxBuffer: 64 * 1024 * 1024,
			})
		).stdout;
	try {
		await writeFile(
			join(directory, "main.tf.json"),
			JSON.stringify({
				terraform: {
					required_providers: {
						hcloud: { source: PROVIDER.source, version: PROVIDER.version },
					},
				},
			}),
		);
		await terraform("init", "-input=false", "-no-color");
		const printed = await terraform("providers", "schema", "-json");
		// OpenTofu knows the same provider under its own registry's name.
		return PROVIDER.registries.reduce(
			(text, host) =>
				text.replace(`"${host}/${PROVIDER.source}"`, `"${PROVIDER_NAME}"`),
			printed,
		);
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
}
