import { resolve } from "node:path";
import {
	findCloud,
	startCloud,
} from "../rehearsal/hetzner-cloud/start-cloud.ts";
import type { Cloud } from "./cloud.ts";

/** Where the embedded cloud keeps what it holds. */
export function embeddedStateDirectory(root: string): string {
	return resolve(root, "instances", "rehearsal", ".cloud");
}

/**
 * The embedded cloud: the one that runs already (`schuljitsi cloud` in another terminal), else one
 * started for this command and stopped by `close`.
 */
export async function embeddedCloud(
	root: string,
): Promise<{ cloud: Cloud; close: () => Promise<void> }> {
	const stateDir = embeddedStateDirectory(root);
	const running = await findCloud(stateDir);
	if (running) {
		return { cloud: { name: "rehearsal", ...running }, close: async () => {} };
	}
	const started = await startCloud({ stateDir });
	return {
		cloud: {
			name: "rehearsal",
			endpoint: started.endpoint,
			token: started.token,
		},
		close: () => started.close(),
	};
}
