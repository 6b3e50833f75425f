import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { VisibleError } from "../visible-error.ts";
import { buildGoProgram, exists } from "./build-go-program.ts";
import { cacheDirectory } from "./cache-directory.ts";
import { downloadRelease } from "./download-release.ts";
import { OLDEST_VERSION, OPENTOFU, TERRAFORM } from "./releases.ts";

const run = promisify(execFile);

export interface TerraformProgram {
	/** A name on the PATH, or a path. */
	readonly binary: string;
	readonly product: "Terraform" | "OpenTofu";
	readonly version: string;
}

/**
 * Terraform or OpenTofu: the one that `TERRAFORM_BINARY_NAME` names, else `terraform` or `tofu` on
 * the PATH, else one that was got before, else a pinned download, else OpenTofu built with Go.
 *
 * @param report - told what takes long
 * @throws VisibleError that says what was tried, why each failed, and what to do
 */
export async function findTerraform(
	report: (sentence: string) => void,
	environment: NodeJS.ProcessEnv = process.env,
): Promise<TerraformProgram> {
	const named = environment.TERRAFORM_BINARY_NAME;
	if (named) {
		const found = await probe(named, environment);
		if (typeof found !== "string") return found;
		throw new VisibleError(
			`TERRAFORM_BINARY_NAME: found ${named}, which ${found}. Expected Terraform or OpenTofu ${oldest()} or newer. Correct or unset it.`,
		);
	}
	const tried: string[] = [];
	const cache = cacheDirectory(environment);
	const downloaded = join(cache, `terraform-${TERRAFORM.version}`);
	const built = join(cache, `tofu-${OPENTOFU.version}`);
	for (const candidate of ["terraform", "tofu", downloaded, built]) {
		const isPath = candidate.includes("/");
		if (isPath && !(await exists(candidate))) continue;
		const found = await probe(candidate, environment);
		if (typeof found !== "string") return found;
		tried.push(`${candidate} ${found}`);
		// A spoilt one in the cache would never be replaced.
		if (isPath) await rm(candidate);
	}
	for (const attempt of [
		() => download(downloaded, report),
		() => build(built, report),
	]) {
		try {
			const binary = await attempt();
			const found = await probe(binary, environment);
			if (typeof found !== "string") return found;
			tried.push(`${binary} ${found}`);
		} catch (error) {
			tried.push((error as Error).message);
		}
	}
	throw new VisibleError(
		`Neither Terraform nor OpenTofu can be had here:\n${tried.map((text) => `- ${text}`).join("\n")}\n` +
			`Install one of them (${oldest()} or newer) from your distribution or its makers, or set TERRAFORM_BINARY_NAME to where it is.`,
	);
}

async function download(
	target: string,
	report: (sentence: string) => void,
): Promise<string> {
	const release = TERRAFORM.archives[`${process.platform}-${process.arch}`];
	if (!release) {
		throw new Error(
			`no pinned download for ${process.platform} ${process.arch}`,
		);
	}
	const [archive, sha256] = release;
	report(`Ensure Terraform ${TERRAFORM.version}: fetching it (about 30 MB) …`);
	const url = `${TERRAFORM.host}/terraform/${TERRAFORM.version}/${archive}`;
	await downloadRelease({ url, sha256, entry: "terraform", target });
	return target;
}

async function build(
	target: string,
	report: (sentence: string) => void,
): Promise<string> {
	report(
		`Ensure OpenTofu ${OPENTOFU.version}: building it with Go, some minutes …`,
	);
	const { goModule: module, goPackage, version } = OPENTOFU;
	await buildGoProgram({ module, version, package: goPackage }, target).catch(
		(error: Error) => {
			throw new Error(`OpenTofu cannot be built: ${error.message}`);
		},
	);
	return target;
}

/** The program if it serves, else why not. */
async function probe(
	binary: string,
	environment: NodeJS.ProcessEnv,
): Promise<TerraformProgram | string> {
	try {
		const { stdout } = await run(binary, ["version"], {
			timeout: 20_000,
			env: {
				...environment,
				CHECKPOINT_DISABLE: "1",
				TF_CLI_CONFIG_FILE: "/dev/null",
			},
		});
		const match = /^(Terraform|OpenTofu) v(\d+)\.(\d+)\.(\S+)/.exec(stdout);
		if (!match) return "is neither Terraform nor OpenTofu";
		const [, product, major, minor, patch] = match;
		const [oldestMajor, oldestMinor] = OLDEST_VERSION;
		const isOld =
			Number(major) < oldestMajor ||
			(Number(major) === oldestMajor && Number(minor) < oldestMinor);
		const version = `${major}.${minor}.${patch}`;
		return isOld
			? `is ${version}, and ${oldest()} or newer is needed`
			: {
					binary,
					product: product as TerraformProgram["product"],
					version,
				};
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return code === "ENOENT" ? "is not on the PATH" : "cannot be run";
	}
}

function oldest(): string {
	return OLDEST_VERSION.join(".");
}
