import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";

export interface Ended {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/**
 * Runs one of the repository's commands as a user would.
 *
 * @param command - `schuljitsi` or `cdktf`
 * @param environment - joins the usual one, which has no token; undefined removes
 */
export async function commandLine(
	command: "schuljitsi" | "cdktf",
	argv: readonly string[],
	options: { cwd: string; environment?: Record<string, string | undefined> },
): Promise<Ended> {
	const file = join(
		import.meta.dirname,
		"..",
		"tools",
		command,
		`${command}.js`,
	);
	const child = spawn(process.execPath, [file, ...argv], {
		cwd: options.cwd,
		env: {
			...process.env,
			HCLOUD_TOKEN: undefined,
			HCLOUD_ENDPOINT: undefined,
			NO_COLOR: "1",
			...options.environment,
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	const [stdout, stderr, code] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		new Promise<number | null>((resolve) => child.on("close", resolve)),
	]);
	return { code, stdout, stderr };
}
