import { VisibleError } from "../visible-error.ts";

/** `hetzner` is real and costs money; `rehearsal` is the cloud embedded in this program. */
export type CloudName = "hetzner" | "rehearsal";

/** An API of the Hetzner Cloud's kind, and the key to one project in it. */
export interface Cloud {
	readonly name: CloudName;
	/** Base address including `/v1`. */
	readonly endpoint: string;
	/** Never printed, never written to a file. */
	readonly token: string;
}

const OFFICIAL_ENDPOINT = "https://api.hetzner.cloud/v1";

/**
 * The cloud that the environment asks for, or undefined where no token is set and the embedded one
 * shall serve. An endpoint on this computer is never the real cloud, whatever its token looks like.
 *
 * @throws VisibleError if the token or the endpoint cannot be right
 */
export function cloudFromEnvironment(
	environment: Readonly<Record<string, string | undefined>>,
): Cloud | undefined {
	const token = environment.HCLOUD_TOKEN;
	if (token === undefined || token === "") return undefined;
	if (!/^[A-Za-z0-9]{64}$/.test(token)) {
		throw new VisibleError(
			`HCLOUD_TOKEN: found ${token.length} characters, expected the 64 letters and digits of a Hetzner Cloud API token. ` +
				"Create one in the console of your project (Security > API tokens, Read & Write), and set it again; unset HCLOUD_TOKEN to use the embedded cloud.",
		);
	}
	const endpoint = environment.HCLOUD_ENDPOINT || OFFICIAL_ENDPOINT;
	const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
	const local = url !== undefined && isLoopback(url.hostname);
	if (
		!url ||
		!(url.protocol === "https:" || (url.protocol === "http:" && local))
	) {
		throw new VisibleError(
			`HCLOUD_ENDPOINT: found ${JSON.stringify(endpoint)}, expected an https address (http only on this computer) such as ${OFFICIAL_ENDPOINT}. Correct it or unset it.`,
		);
	}
	return {
		name: local ? "rehearsal" : "hetzner",
		endpoint: endpoint.replace(/\/+$/, ""),
		token,
	};
}

function isLoopback(hostname: string): boolean {
	return (
		hostname === "localhost" ||
		hostname === "[::1]" ||
		/^127\.\d+\.\d+\.\d+$/.test(hostname)
	);
}

/** One plain sentence about which cloud a command works on; said first and last. */
export function cloudSentence(cloud: CloudName): string {
	return cloud === "hetzner"
		? "Cloud: Hetzner. What is made here is real and is billed to your account."
		: "Cloud: the embedded one on this computer (no HCLOUD_TOKEN is set). No real server stands, nothing is billed.";
}
