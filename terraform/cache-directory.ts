import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where what is slow to get is kept, outside the repository: `$XDG_CACHE_HOME/schuljitsi`, else
 * `~/.cache/schuljitsi`.
 */
export function cacheDirectory(
	environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
	const directory = join(
		environment.XDG_CACHE_HOME || join(homedir(), ".cache"),
		"schuljitsi",
	);
	mkdirSync(directory, { recursive: true });
	return directory;
}
