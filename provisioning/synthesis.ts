import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lock } from "../stacks/lock.ts";
import type { Placement } from "../stacks/placement.ts";
import type { CloudName } from "./cloud.ts";

/** What a command tells the CDK app about the synthesis it wants. */
export interface Synthesis {
	readonly cloud: CloudName;
	/** Ids of the schools to synthesise; absent = all of `schools/`. */
	readonly schools?: readonly string[];
	/** Placements by school; absent = as kept with the instance, else the settings' first wish. */
	readonly placements?: Readonly<Record<string, Placement>>;
	/** Unlocked parts by school. */
	readonly unlocked?: Readonly<Record<string, readonly Lock[]>>;
	/**
	 * Resources that exist in the cloud but not in the state, to be taken over: by school, the
	 * provider's import id by {@link adoptionKey}.
	 */
	readonly adopt?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Names a resource across state, cloud and stacks, e.g. `hcloud_server:musterschule`. */
export function adoptionKey(type: string, name: string): string {
	return `${type}:${name}`;
}

/** The environment variable that names the file with the {@link Synthesis}. */
const VARIABLE = "SCHULJITSI_SYNTHESIS";

/** Hands a synthesis to the CDK app that `work` starts, by way of a file that only lives as long. */
export async function withSynthesis<T>(
	synthesis: Synthesis,
	work: (environment: Record<string, string>) => Promise<T>,
): Promise<T> {
	const directory = await mkdtemp(join(tmpdir(), "schuljitsi-"));
	try {
		const file = join(directory, "synthesis.json");
		await writeFile(file, JSON.stringify(synthesis));
		return await work({ [VARIABLE]: file });
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
}

/** The synthesis that a command asked for; undefined where the CDK app was started by hand. */
export async function requestedSynthesis(
	environment: Readonly<Record<string, string | undefined>>,
): Promise<Synthesis | undefined> {
	const file = environment[VARIABLE];
	return file
		? (JSON.parse(await readFile(file, "utf8")) as Synthesis)
		: undefined;
}
