import { once } from "node:events";
import { parseArgs } from "node:util";
import { embeddedStateDirectory } from "../provisioning/embedded-cloud.ts";
import { startCloud } from "../rehearsal/hetzner-cloud/start-cloud.ts";
import { VisibleError } from "../visible-error.ts";

/**
 * `cloud [--port N] [--state DIR] [--json]`: the embedded Hetzner Cloud alone, in the foreground,
 * until it is told to stop.
 */
export async function cloudCommand(argv: string[]): Promise<number> {
	const { values } = parseArgs({
		args: argv,
		options: {
			port: { type: "string" },
			state: { type: "string" },
			json: { type: "boolean", default: false },
		},
	});
	const stateDir = values.state ?? embeddedStateDirectory(process.cwd());
	const cloud = await startCloud({ stateDir, port: portNumber(values.port) });
	const { endpoint, token } = cloud;
	console.log(
		values.json
			? JSON.stringify({ endpoint, token })
			: `An embedded Hetzner Cloud is running: nothing in it is real, nothing is billed.
Its token is worth nothing elsewhere. For any client of the API:

  export HCLOUD_ENDPOINT=${endpoint}
  export HCLOUD_TOKEN=${token}

State: ${stateDir}
Faults on demand: PUT ${endpoint.replace("/v1", "/faults")}
Stop it with Ctrl-C.`,
	);
	await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
	await cloud.close();
	return 0;
}

function portNumber(text: string | undefined): number {
	if (text === undefined) return 0;
	const port = Number(text);
	if (!/^\d+$/.test(text) || port > 65_535) {
		throw new VisibleError(
			`--port: found ${JSON.stringify(text)}, expected a number from 0 to 65535 (0 = any free one). Correct it.`,
		);
	}
	return port;
}
