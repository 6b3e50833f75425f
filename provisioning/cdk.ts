import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { delimiter, dirname } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Synthesis, withSynthesis } from "./synthesis.ts";

export interface CdkRun {
	readonly code: number;
	/** What it printed, without colours: where the cloud's own error codes are found. */
	readonly output: string;
}

const KEPT_CHARACTERS = 1024 * 1024;

/** Where and with what the CDK's CLI runs. */
export interface CdkPlace {
	/** The directory that holds `cdktf.json` and `schools/`. */
	readonly root: string;
	readonly environment: NodeJS.ProcessEnv;
}

/**
 * Runs the maintained CDK CLI (CDK Terrain, cdktf's successor). What it prints goes to `stream` as
 * it comes; questions of its own reach the person at the terminal.
 *
 * @param argv - e.g. `["deploy", "musterschule"]`
 * @param synthesis - what the CDK app shall synthesise
 * @param stream - stdout normally, stderr for commands whose stdout carries JSON
 */
export function runCdk(
	place: CdkPlace,
	argv: readonly string[],
	synthesis: Synthesis,
	stream: NodeJS.WritableStream = process.stdout,
): Promise<CdkRun> {
	return withSynthesis(synthesis, (handed) =>
		run(place.root, argv, { ...place.environment, ...handed }, stream),
	);
}

/** Commands whose output Terraform colours, even where no terminal is. */
const COLOURED = new Set(["deploy", "apply", "destroy", "diff", "plan"]);

function isTerminal(stream: NodeJS.WritableStream): boolean {
	return (stream as NodeJS.WriteStream).isTTY === true && !process.env.NO_COLOR;
}

async function run(
	root: string,
	argv: readonly string[],
	environment: NodeJS.ProcessEnv,
	stream: NodeJS.WritableStream,
): Promise<CdkRun> {
	const cli = createRequire(import.meta.url).resolve("cdktn-cli/bin/cdktn");
	const plain = COLOURED.has(argv[0] ?? "") && !isTerminal(stream);
	const child = spawn(
		process.execPath,
		[cli, ...argv, ...(plain ? ["--no-color"] : [])],
		{
			cwd: root,
			env: {
				...environment,
				// The CDK starts the app with `node`: this one, whatever the machine has.
				PATH: `${dirname(process.execPath)}${delimiter}${environment.PATH ?? ""}`,
			},
			stdio: ["inherit", "pipe", "pipe"],
		},
	);
	let output = "";
	const take = (target: NodeJS.WritableStream) => (chunk: Buffer) => {
		target.write(chunk);
		output = (output + chunk.toString("utf8")).slice(-KEPT_CHARACTERS);
	};
	child.stdout.on("data", take(stream));
	const errors = new CrashFilter(take(process.stderr));
	child.stderr.on("data", (chunk: Buffer) => errors.write(chunk));
	// Ctrl-C reaches the child from the terminal; Terraform then ends its work in good order.
	const wait = () => {};
	process.on("SIGINT", wait);
	try {
		const code = await new Promise<number>((resolve, reject) => {
			child.on("error", reject);
			child.on("close", (exit) => resolve(exit ?? 130));
		});
		errors.end();
		return { code, output: stripVTControlCharacters(output) };
	} finally {
		process.off("SIGINT", wait);
	}
}

/**
 * Leaves out what the CDK's CLI prints when it falls over a Terraform that failed: its own stack
 * says nothing of the cause, which Terraform has told already.
 */
class CrashFilter {
	readonly #pass: (chunk: Buffer) => void;
	#rest = "";
	#crashed = false;

	constructor(pass: (chunk: Buffer) => void) {
		this.#pass = pass;
	}

	write(chunk: Buffer): void {
		const lines = (this.#rest + chunk.toString("utf8")).split("\n");
		this.#rest = lines.pop() ?? "";
		for (const line of lines) this.#line(line);
	}

	end(): void {
		if (this.#rest !== "") this.#line(this.#rest);
	}

	#line(line: string): void {
		this.#crashed ||=
			/^(Collecting Debug Information|node:internal\/process\/promises)/.test(
				line,
			);
		if (!this.#crashed && line !== "undefined")
			this.#pass(Buffer.from(`${line}\n`));
	}
}
