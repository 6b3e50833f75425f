import { setTimeout as sleep } from "node:timers/promises";
import { VisibleError } from "../visible-error.ts";
import type { Cloud } from "./cloud.ts";

/** An answer of the API that is no success; `code` as in the API's documentation. */
export class HetznerError extends Error {
	override readonly name = "HetznerError";
	readonly status: number;
	readonly code: string;

	constructor(status: number, code: string, message: string) {
		super(message);
		this.status = status;
		this.code = code;
	}
}

const TIMEOUT_MS = 15_000;
const MAXIMUM_BYTES = 8 * 1024 * 1024;
const ATTEMPTS = 4;
/** Codes after which the same call may succeed a little later. */
const TRANSIENT = new Set([
	"conflict",
	"locked",
	"rate_limit_exceeded",
	"timeout",
	"bad_gateway",
]);

/** The few calls that this program makes itself; everything else is Terraform's. */
export class HetznerClient {
	readonly #cloud: Cloud;

	constructor(cloud: Cloud) {
		this.#cloud = cloud;
	}

	/**
	 * One object, or undefined where the API says that it does not exist.
	 *
	 * @param path - e.g. `/servers/42`
	 * @throws VisibleError if the API cannot be reached or refuses the token
	 */
	async find<T>(path: string): Promise<T | undefined> {
		try {
			return await this.request<T>("GET", path);
		} catch (error) {
			if (error instanceof HetznerError && error.status === 404)
				return undefined;
			throw error;
		}
	}

	/**
	 * All objects of a list, page by page.
	 *
	 * @param path - e.g. `/servers`
	 * @param key - the list's name in the answer, e.g. `servers`
	 * @param query - e.g. `{ label_selector: "school=x" }`
	 */
	async list<T>(
		path: string,
		key: string,
		query: Record<string, string> = {},
	): Promise<T[]> {
		const all: T[] = [];
		for (let page: number | null = 1; page !== null && page <= 1000; ) {
			const search = new URLSearchParams({
				...query,
				page: String(page),
				per_page: "50",
			});
			const answer: ListAnswer = await this.request("GET", `${path}?${search}`);
			all.push(...((answer[key] as T[] | undefined) ?? []));
			page = answer.meta?.pagination?.next_page ?? null;
		}
		return all;
	}

	/** Runs an action and waits for its end, at most five minutes. */
	async act(path: string, body: object): Promise<void> {
		let { action } = await this.request<{ action: Action }>("POST", path, body);
		for (
			let waited = 0;
			action.status === "running" && waited < 300;
			waited++
		) {
			await sleep(waited === 0 ? 50 : 1000);
			({ action } = await this.request<{ action: Action }>(
				"GET",
				`/actions/${action.id}`,
			));
		}
		if (action.status !== "success") {
			throw new HetznerError(
				200,
				action.error?.code ?? "timeout",
				action.error?.message ??
					`The action ${action.command} did not end within five minutes.`,
			);
		}
	}

	async request<T>(method: string, path: string, body?: object): Promise<T> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.#once<T>(method, path, body);
			} catch (error) {
				const again =
					error instanceof HetznerError &&
					(TRANSIENT.has(error.code) || error.status >= 500) &&
					attempt < ATTEMPTS;
				if (!again) throw error;
				await sleep(250 * 2 ** attempt);
			}
		}
	}

	async #once<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await fetch(this.#cloud.endpoint + path, {
			method,
			headers: {
				authorization: `Bearer ${this.#cloud.token}`,
				"user-agent": "schuljitsi",
				...(body ? { "content-type": "application/json" } : {}),
			},
			body: body ? JSON.stringify(body) : null,
			redirect: "error",
			signal: AbortSignal.timeout(TIMEOUT_MS),
		}).catch((cause: Error) => {
			throw new VisibleError(unreachable(this.#cloud.endpoint, cause), {
				cause,
			});
		});
		const answer = parse(await limitedText(response));
		if (response.status === 401) {
			throw new VisibleError(
				"HCLOUD_TOKEN: the cloud refused it (401 unauthorized). Expected a valid token of the project with read and write rights. Create a new one in the project's console and set it again.",
			);
		}
		if (!response.ok) {
			const error = (answer as ErrorAnswer | undefined)?.error;
			throw new HetznerError(
				response.status,
				error?.code ??
					(response.status === 502 ? "bad_gateway" : "service_error"),
				error?.message ??
					`the cloud answered ${response.status} to ${method} ${path}`,
			);
		}
		return answer as T;
	}
}

interface Action {
	readonly id: number;
	readonly command: string;
	readonly status: "running" | "success" | "error";
	readonly error: { code: string; message: string } | null;
}

interface ListAnswer {
	readonly [key: string]: unknown;
	readonly meta?: { pagination?: { next_page: number | null } };
}

interface ErrorAnswer {
	readonly error?: { code?: string; message?: string };
}

async function limitedText(response: Response): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of response.body ?? []) {
		size += chunk.length;
		if (size > MAXIMUM_BYTES) {
			throw new VisibleError(
				`The cloud's answer is larger than ${MAXIMUM_BYTES} bytes; this is not Hetzner's API. Check HCLOUD_ENDPOINT.`,
			);
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): unknown {
	try {
		return text === "" ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

function unreachable(endpoint: string, cause: Error): string {
	const reason =
		cause.name === "TimeoutError"
			? `no answer within ${TIMEOUT_MS / 1000} s`
			: ((cause.cause as Error | undefined)?.message ?? cause.message);
	return (
		`${endpoint} cannot be reached (${reason}). Nothing was changed. Check this computer's way to the internet and its proxy; ` +
		"without HCLOUD_TOKEN the embedded cloud serves for trying out."
	);
}
