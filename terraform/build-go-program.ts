import { execFile } from "node:child_process";
import {
	access,
	mkdir,
	readFile,
	rename,
	rm,
	stat,
	writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface GoProgram {
	/** e.g. `github.com/opentofu/opentofu` */
	readonly module: string;
	/** Without the leading `v`. */
	readonly version: string;
	/** The package with `main`; absent = the module itself. */
	readonly package?: string;
}

/** A build that takes longer is stuck. */
const LONGEST_MS = 20 * 60_000;

/**
 * Builds a program from its Go module into `target`, once: two that want it at the same time share
 * one build, and an interrupted build leaves nothing behind that looks like a program. Go checks
 * what it downloads against its public database of sums.
 *
 * @throws Error with the compiler's last words
 */
export async function buildGoProgram(
	program: GoProgram,
	target: string,
): Promise<void> {
	await mkdir(dirname(target), { recursive: true });
	const release = await takeTurn(`${target}.lock`);
	try {
		if (await exists(target)) return;
		await build(program, target);
	} finally {
		await release();
	}
}

async function build(program: GoProgram, target: string): Promise<void> {
	const { module, version, package: main = module } = program;
	// In the target's directory, so that the last step is a rename on one file system. Only who has
	// the lock comes here: what lies there is the rest of a build that was killed.
	const work = `${target}.building`;
	await rm(work, { recursive: true, force: true });
	await mkdir(work);
	const go = (cwd: string, ...argv: string[]) =>
		run("go", argv, {
			cwd,
			timeout: LONGEST_MS,
			maxBuffer: 64 * 1024 * 1024,
			env: { ...process.env, GOFLAGS: "-mod=readonly", CGO_ENABLED: "0" },
		});
	try {
		const source = `${module}@v${version}`;
		const { stdout } = await go(work, "mod", "download", "-json", source);
		const { Dir: directory } = JSON.parse(stdout) as { Dir: string };
		const result = join(work, "program");
		// Inside the module, so that its own list of sums and replacements holds.
		await go(
			directory,
			"build",
			"-buildvcs=false",
			"-trimpath",
			"-ldflags=-s -w",
			"-o",
			result,
			`.${main.slice(module.length)}`,
		);
		await rename(result, target);
	} catch (error) {
		throw new Error(lastWords(error));
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

function lastWords(error: unknown): string {
	const { code, stderr, stdout, message } = error as NodeJS.ErrnoException & {
		stderr?: string;
		stdout?: string;
	};
	if (code === "ENOENT") return "Go is not installed";
	const lines = (downloadError(stdout) || stderr || message).trim().split("\n");
	return lines.slice(-3).join(" ");
}

/** `go mod download -json` tells on stdout why it failed. */
function downloadError(stdout = ""): string | undefined {
	try {
		return (JSON.parse(stdout) as { Error?: string }).Error;
	} catch {
		return undefined;
	}
}

/** Waits until nobody else builds the same. */
async function takeTurn(lock: string): Promise<() => Promise<void>> {
	const release = () => rm(lock, { recursive: true, force: true });
	for (;;) {
		try {
			await mkdir(lock);
			await writeFile(join(lock, "pid"), String(process.pid));
			return release;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
			if (await isLeftOver(lock)) await release();
			else await sleep(200);
		}
	}
}

/** A lock is left over if its process has ended, or if it is older than any build. */
async function isLeftOver(lock: string): Promise<boolean> {
	const pid = Number(await readFile(join(lock, "pid"), "utf8").catch(() => ""));
	if (pid > 0 && !isAlive(pid)) return true;
	const since = await stat(lock).then(
		({ mtimeMs }) => mtimeMs,
		() => Date.now(),
	);
	return Date.now() - since > LONGEST_MS;
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		// It is there, and another user's.
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}

export function exists(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}
