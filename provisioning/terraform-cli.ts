import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CdkPlace } from "./cdk.ts";

const run = promisify(execFile);

/** The directory of a school's synthesised stack, where Terraform runs. */
export function stackDirectory(root: string, schoolId: string): string {
	return join(root, "cdktf.out", "stacks", schoolId);
}

/**
 * Runs Terraform itself in a school's stack, for what the CDK's CLI has no command for.
 *
 * @returns its standard output
 * @throws Error with `stderr`
 */
export async function runTerraform(
	{ root, environment }: CdkPlace,
	schoolId: string,
	argv: readonly string[],
): Promise<string> {
	const { stdout } = await run(
		environment.TERRAFORM_BINARY_NAME ?? "terraform",
		[...argv],
		{
			cwd: stackDirectory(root, schoolId),
			env: environment,
			maxBuffer: 64 * 1024 * 1024,
		},
	);
	return stdout;
}
