import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { VisibleError } from "../../visible-error.ts";
import { Actions } from "./actions.ts";
import { catalogueRoutes } from "./catalogue-routes.ts";
import { lockDirectory } from "./directory-lock.ts";
import { Faults } from "./faults.ts";
import { firewallRoutes } from "./firewalls.ts";
import { apiServer } from "./http-server.ts";
import { networkRoutes } from "./networks.ts";
import { placementGroupRoutes } from "./placement-groups.ts";
import { primaryIpRoutes } from "./primary-ips.ts";
import { RateLimit } from "./rate-limit.ts";
import type { Project, Route } from "./routing.ts";
import { rrsetRoutes } from "./rrsets.ts";
import { serverActionRoutes } from "./server-actions.ts";
import { deleteServer, serverRoutes } from "./servers.ts";
import { sshKeyRoutes } from "./ssh-keys.ts";
import { Store } from "./store.ts";
import { zoneRoutes } from "./zones.ts";

export interface CloudOptions {
	/** Where the project's objects and the token are kept; made if it is not there. */
	readonly stateDir: string;
	/** 0 or absent = any free one. */
	readonly port?: number;
	/** How long actions take, in milliseconds. */
	readonly actionMilliseconds?: number;
	/** Requests an hour. */
	readonly rateLimit?: number;
}

export interface RunningCloud {
	/** Base address including `/v1`, on the loopback interface. */
	readonly endpoint: string;
	readonly token: string;
	readonly faults: Faults;
	close(): Promise<void>;
}

/** The length of a real token. */
const TOKEN_BYTES = 32;
const ADDRESS = "127.0.0.1";

/**
 * Starts the embedded Hetzner Cloud.
 *
 * @throws VisibleError if the port or the state directory cannot be had
 */
export async function startCloud(options: CloudOptions): Promise<RunningCloud> {
	const { stateDir } = options;
	const store = new Store(stateDir);
	const unlock = lockDirectory(stateDir);
	try {
		const token = ownToken(stateDir);
		const faults = new Faults(options.actionMilliseconds ?? 20, (name) => {
			for (const server of store.list("servers")) {
				if (server.name === name) deleteServer(project, server);
			}
			store.save();
		});
		const project: Project = {
			store,
			faults,
			actions: new Actions(store, faults),
		};
		const server = apiServer(
			project,
			routesOf(project),
			token,
			new RateLimit(options.rateLimit ?? 3600),
		);
		server.listen(options.port ?? 0, ADDRESS);
		await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
			throw new VisibleError(
				`Port ${options.port} on ${ADDRESS} cannot be had (${error.code}). Choose another with --port, or leave it out.`,
			);
		});
		const endpoint = `http://${ADDRESS}:${(server.address() as AddressInfo).port}/v1`;
		writeFileSync(join(stateDir, "endpoint"), endpoint, { mode: 0o600 });
		return {
			endpoint,
			token,
			faults,
			close: async () => {
				server.closeAllConnections();
				server.close();
				rmSync(join(stateDir, "endpoint"), { force: true });
				unlock();
			},
		};
	} catch (error) {
		unlock();
		throw error;
	}
}

/** The embedded cloud that runs already on a state directory, if one answers. */
export async function findCloud(
	stateDir: string,
): Promise<{ endpoint: string; token: string } | undefined> {
	const file = join(stateDir, "endpoint");
	if (!existsSync(file) || !existsSync(join(stateDir, "token")))
		return undefined;
	const found = {
		endpoint: readFileSync(file, "utf8"),
		token: ownToken(stateDir),
	};
	try {
		const response = await fetch(`${found.endpoint}/locations`, {
			headers: { authorization: `Bearer ${found.token}` },
			signal: AbortSignal.timeout(2000),
		});
		return response.ok ? found : undefined;
	} catch {
		return undefined;
	}
}

function routesOf(project: Project): Route[] {
	// Fixed paths go before paths with an id in the same place.
	return [
		...catalogueRoutes(project),
		...serverRoutes(project),
		...serverActionRoutes(project),
		...primaryIpRoutes(project),
		...firewallRoutes(project),
		...networkRoutes(project),
		...sshKeyRoutes(project),
		...placementGroupRoutes(project),
		...zoneRoutes(project),
		...rrsetRoutes(project),
	];
}

/** Made at the first start and kept, so that a restart does not lock clients out. */
function ownToken(stateDir: string): string {
	const file = join(stateDir, "token");
	if (!existsSync(file)) {
		writeFileSync(file, randomBytes(TOKEN_BYTES).toString("hex"), {
			mode: 0o600,
		});
	}
	return readFileSync(file, "utf8").trim();
}
