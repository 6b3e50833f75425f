import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { stripVTControlCharacters } from "node:util";
import { type Synthesis, withSynthesis } from "./synthesis.ts";

export interface CdkRun {
	readonly code: number;
	/** What it printed, without colours: where the cloud's own error codes are found. */
	readonly output: string;
}

const KEPT_CHARACTERS = 1024 * 1024;

/**
 * Runs the maintained CDK CLI (CDK Terrain, cdktf's successor) in the current directory. What it
 * prints goes to `stream` as it comes; questions of its own reach the person at the terminal.
 *
 * @param argv - e.g. `["deploy", "musterschule"]`
 * @param synthesis - what the CDK app shall synthesise
 * @param stream - stdout normally, stderr for commands whose stdout carries JSON
 */
export function runCdk(
	argv: readonly string[],
	synthesis: Synthesis,
	environment: NodeJS.ProcessEnv,
	stream: NodeJS.WritableStream = process.stdout,
): Promise<CdkRun> {
	return withSynthesis(synthesis, (handed) =>
		run(argv, { ...environment, ...handed }, stream),
	);
}

async function run(
	argv: readonly string[],
	environment: NodeJS.ProcessEnv,
	stream: NodeJS.WritableStream,
): Promise<CdkRun> {
	const cli = createRequire(import.meta.url).resolve("cdktn-cli/bin/cdktn");
	const child = spawn(process.execPath, [cli, ...argv], {
		env: environment,
		stdio: ["inherit", "pipe", "pipe"],
	});
	let output = "";
	const take = (target: NodeJS.WritableStream) => (chunk: Buffer) => {
		target.write(chunk);
		output = (output + chunk.toString("utf8")).slice(-KEPT_CHARACTERS);
	};
	child.stdout.on("data", take(stream));
	child.stderr.on("data", take(process.stderr));
	// Ctrl-C reaches the child from the terminal; Terraform then ends its work in good order.
	const wait = () => {};
	process.on("SIGINT", wait);
	try {
		const code = await new Promise<number>((resolve, reject) => {
			child.on("error", reject);
			child.on("close", (exit) => resolve(exit ?? 130));
		});
		return { code, output: stripVTControlCharacters(output) };
	} finally {
		process.off("SIGINT", wait);
	}
}
