import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VisibleError } from "../../visible-error.ts";

/**
 * Holds a state directory for one process. A lock left behind by a process that is gone is taken
 * over.
 *
 * @returns what lets go of it
 * @throws VisibleError that names the process that holds it
 */
export function lockDirectory(directory: string): () => void {
	const file = join(directory, "lock");
	for (let attempt = 0; attempt < 2; attempt++) {
		try {
			writeFileSync(file, String(process.pid), { flag: "wx", mode: 0o600 });
			return () => rmSync(file, { force: true });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
			const holder = Number(readFileSync(file, "utf8"));
			if (holder > 0 && isAlive(holder)) {
				throw new VisibleError(
					`${directory} is in use by process ${holder}. Two embedded clouds cannot share one state; wait until the other command has ended, or end it.`,
				);
			}
			rmSync(file, { force: true });
		}
	}
	throw new VisibleError(
		`${directory} cannot be locked; another command takes it each time. Try again.`,
	);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}
