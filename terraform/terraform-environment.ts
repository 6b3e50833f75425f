import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory } from "./cache-directory.ts";
import { ensureProvider } from "./ensure-provider.ts";
import { findTerraform } from "./find-terraform.ts";

/**
 * The environment in which Terraform and the CDK run: programs found or made, no telemetry, no
 * calls to a registry that is not needed.
 *
 * @param report - told what takes long
 */
export async function terraformEnvironment(
	report: (sentence: string) => void,
): Promise<Record<string, string>> {
	const [terraform, provider] = await Promise.all([
		findTerraform(report),
		ensureProvider(report),
	]);
	const plugins = join(cacheDirectory(), "plugin-cache");
	await mkdir(plugins, { recursive: true });
	return {
		TERRAFORM_BINARY_NAME: terraform.binary,
		CHECKPOINT_DISABLE: "1",
		TF_IN_AUTOMATION: "1",
		TF_PLUGIN_CACHE_DIR: plugins,
		// What has no lock file yet may come from the plugin cache all the same.
		TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
		// `terraform providers lock` asks the public registry even where a mirror serves.
		CDKTF_SKIP_PROVIDER_LOCK: "true",
		CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
		...(provider.from === "built"
			? { TF_CLI_CONFIG_FILE: provider.cliConfigFile }
			: {}),
	};
}
