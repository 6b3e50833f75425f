import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import { findTerraform } from "./find-terraform.ts";
import { PROVIDER_NAME, type ProviderSchemas } from "./provider-schema.ts";
import { PROVIDER } from "./releases.ts";

const run = promisify(execFile);

/** The kinds of resources that the stacks use, in the order of the generated index. */
export const BOUND_RESOURCES = [
	"hcloud_server",
	"hcloud_primary_ip",
	"hcloud_firewall",
	"hcloud_network",
	"hcloud_network_subnet",
	"hcloud_ssh_key",
	"hcloud_rdns",
	"hcloud_placement_group",
	"hcloud_zone",
	"hcloud_zone_rrset",
] as const;

/**
 * Generates the CDK's TypeScript classes of the provider and of the resources above, by `cdktn get`,
 * from a saved schema: no registry is asked.
 *
 * @param schemaFile - what `readProviderSchema` returned
 * @param target - the directory that gets them; what else lies there stays
 * @throws Error with what `cdktn get` says
 */
export async function generateBindings(
	schemaFile: string,
	target: string,
	environment: NodeJS.ProcessEnv,
): Promise<void> {
	const work = await mkdtemp(join(tmpdir(), "schuljitsi-bindings-"));
	try {
		const cache = join(work, "cache");
		await mkdir(cache);
		const schema = JSON.parse(await readFile(schemaFile, "utf8"));
		await writeFile(
			join(cache, `${await cacheKey(environment)}.json`),
			JSON.stringify(restrict(schema)),
		);
		await writeFile(
			join(work, "cdktf.json"),
			JSON.stringify({
				language: "typescript",
				// Required, and not run by `get`.
				app: "false",
				projectId: "schuljitsi",
				sendCrashReports: "false",
				codeMakerOutput: "generated",
				terraformProviders: [
					{
						name: "hcloud",
						source: PROVIDER.source,
						version: PROVIDER.version,
					},
				],
				languageOptions: { importExtension: ".ts" },
			}),
		);
		const cli = createRequire(import.meta.url).resolve("cdktn-cli/bin/cdktn");
		await run(process.execPath, [cli, "get"], {
			cwd: work,
			maxBuffer: 64 * 1024 * 1024,
			env: {
				...environment,
				CHECKPOINT_DISABLE: "1",
				CDKTF_EXPERIMENTAL_PROVIDER_SCHEMA_CACHE_PATH: cache,
				PATH: `${dirname(process.execPath)}${delimiter}${environment.PATH ?? ""}`,
			},
		});
		await cp(join(work, "generated", "providers", "hcloud"), target, {
			recursive: true,
			// Not the links to the documentation, nor an index for CommonJS.
			filter: (file) => extname(file) === "" || basename(file) === "index.ts",
		});
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

/** The file name under which `cdktn get` looks for a saved schema; it names who printed it. */
async function cacheKey(environment: NodeJS.ProcessEnv): Promise<string> {
	const { product, version } = await findTerraform(() => {}, environment);
	const minor = version.split(".").slice(0, 2).join(".");
	return `hcloud@${PROVIDER.version}@${product.toLowerCase()}-${minor}`;
}

function restrict(schema: ProviderSchemas) {
	const { resource_schemas, ...provider } = schema.provider_schemas[
		PROVIDER_NAME
	] as ProviderSchemas["provider_schemas"][string];
	return {
		...schema,
		provider_versions: { [PROVIDER_NAME]: PROVIDER.version },
		provider_schemas: {
			[PROVIDER_NAME]: {
				...provider,
				data_source_schemas: {},
				functions: undefined,
				resource_schemas: Object.fromEntries(
					BOUND_RESOURCES.map((name) => [name, resource_schemas[name]]),
				),
			},
		},
	};
}
