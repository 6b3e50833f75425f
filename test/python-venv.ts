import { execFile } from "node:child_process";
import { access, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheDirectory } from "../terraform/cache-directory.ts";

const run = promisify(execFile);

/**
 * A Python with packages, in the cache outside the repository.
 *
 * @returns the interpreter, or why there is none
 */
export async function pythonWith(
	name: string,
	packages: readonly string[],
): Promise<{ python: string } | { missing: string }> {
	const home = join(cacheDirectory(), name);
	const python = join(home, "bin", "python");
	const there = await access(python).then(
		() => true,
		() => false,
	);
	if (there) return { python };
	const work = await mkdtemp(`${home}-`);
	try {
		await run("python3", ["-m", "venv", "--copies", work]);
		await run(join(work, "bin", "python"), [
			"-m",
			"pip",
			"install",
			"-q",
			...packages,
		]);
		await rename(work, home);
		return { python };
	} catch (error) {
		const { stderr, message } = error as { stderr?: string; message: string };
		const words = (stderr || message).trim().split("\n").at(-1);
		return { missing: `Python with ${packages.join(", ")}: ${words}` };
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}
