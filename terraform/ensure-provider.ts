import { randomUUID } from "node:crypto";
import { link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { VisibleError } from "../visible-error.ts";
import { buildGoProgram, exists } from "./build-go-program.ts";
import { cacheDirectory } from "./cache-directory.ts";
import { PROVIDER } from "./releases.ts";

/** Where Terraform gets the provider from. */
export type ProviderSource =
	/** Terraform's own configuration, which a user has made. */
	| { readonly from: "user" }
	| { readonly from: "registry" }
	| { readonly from: "built"; readonly cliConfigFile: string };

const REGISTRY_PATIENCE_MS = 3000;

/**
 * Sees to it that Terraform finds the pinned provider: by the user's own configuration (a mirror,
 * say) if there is one, else from what was built before, else from the public registry if it
 * answers, else built with Go into the cache.
 *
 * @throws VisibleError that says what was tried and what to do
 */
export async function ensureProvider(
	report: (sentence: string) => void,
	environment: NodeJS.ProcessEnv = process.env,
): Promise<ProviderSource> {
	if (await hasOwnConfiguration(environment)) return { from: "user" };
	const cache = cacheDirectory(environment);
	// Not in the mirror itself: Terraform takes every file beside a provider for a part of it, a
	// half-built one too.
	const built = join(cache, fileName());
	if (!(await exists(built))) {
		const unreachable = await registryTrouble();
		if (!unreachable) return { from: "registry" };
		report(
			`Ensure the hcloud provider ${PROVIDER.version}: the public registry cannot be reached (${unreachable}), building it with Go, about a minute …`,
		);
		await build(built, unreachable);
	}
	const mirror = join(cache, "providers");
	for (const host of PROVIDER.registries) {
		const place = join(host, PROVIDER.source, PROVIDER.version, platform());
		await mirrorFile(built, join(mirror, place, fileName()));
	}
	return { from: "built", cliConfigFile: await writeConfiguration(mirror) };
}

async function build(target: string, unreachable: string): Promise<void> {
	const { goModule: module, version } = PROVIDER;
	try {
		await buildGoProgram({ module, version }, target);
	} catch (error) {
		throw new VisibleError(
			`The hcloud provider ${version} cannot be had here:\n- the public registry cannot be reached (${unreachable})\n- it cannot be built (${(error as Error).message})\n` +
				`Open the way to registry.terraform.io, install Go ${PROVIDER.oldestGo} or newer, or name a filesystem mirror in TF_CLI_CONFIG_FILE.`,
		);
	}
}

/** A configuration that the environment names but that does not exist only makes Terraform warn. */
async function hasOwnConfiguration(
	environment: NodeJS.ProcessEnv,
): Promise<boolean> {
	const own = environment.TF_CLI_CONFIG_FILE || join(homedir(), ".terraformrc");
	return exists(own);
}

/** Why the public registry does not serve, or undefined if it does. */
async function registryTrouble(): Promise<string | undefined> {
	try {
		const response = await fetch(
			`https://${PROVIDER.registries[0]}/.well-known/terraform.json`,
			{ signal: AbortSignal.timeout(REGISTRY_PATIENCE_MS), redirect: "error" },
		);
		await response.body?.cancel();
		return response.ok ? undefined : `it answers ${response.status}`;
	} catch (error) {
		const { message, cause } = error as Error & { cause?: Error };
		return cause?.message ?? message;
	}
}

/** Terraform and OpenTofu look under different host names for the same file. */
async function mirrorFile(file: string, copy: string): Promise<void> {
	if (await exists(copy)) return;
	await mkdir(join(copy, ".."), { recursive: true });
	await link(file, copy).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== "EEXIST") throw error;
	});
}

async function writeConfiguration(mirror: string): Promise<string> {
	const file = join(mirror, "terraformrc");
	const include = PROVIDER.registries
		.map((host) => JSON.stringify(`${host}/${PROVIDER.source}`))
		.join(", ");
	const text = `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = [${include}]
  }
  direct {
    exclude = [${include}]
  }
}
`;
	const temporary = `${file}.${randomUUID()}`;
	await writeFile(temporary, text);
	await rename(temporary, file).finally(() => rm(temporary, { force: true }));
	return file;
}

/** As Terraform names platforms. */
function platform(): string {
	const system = process.platform === "win32" ? "windows" : process.platform;
	return `${system}_${process.arch === "x64" ? "amd64" : process.arch}`;
}

function fileName(): string {
	return `terraform-provider-hcloud_v${PROVIDER.version}`;
}
