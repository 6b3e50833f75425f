import { randomUUID, timingSafeEqual } from "node:crypto";
import {
	createServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from "node:http";
import { ApiError } from "./api-error.ts";
import { type Faults, faultsSchema } from "./faults.ts";
import type { RateLimit } from "./rate-limit.ts";
import {
	type ApiAnswer,
	findRoute,
	ok,
	type Project,
	type Route,
	read,
} from "./routing.ts";

const LARGEST_BODY = 1024 * 1024;

/** The API over HTTP: authentication, rate limit, faults, JSON, routes. */
export function apiServer(
	project: Project,
	routes: readonly Route[],
	token: string,
	limit: RateLimit,
): Server {
	return createServer(
		{ requestTimeout: 30_000, headersTimeout: 10_000 },
		(request, response) => {
			serve(request, response).catch((error: unknown) => {
				console.error(error);
				response.destroy();
			});
		},
	);

	async function serve(
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<void> {
		const { method = "GET" } = request;
		const url = new URL(request.url ?? "/", "http://cloud");
		const body = await readBody(request);
		if (!authorised(request, token)) {
			return answer(
				response,
				failure(401, "unauthorized", "unable to authenticate"),
			);
		}
		if (url.pathname === "/faults") {
			return answer(response, faultsRoute(project.faults, method, body));
		}
		const budget = limit.take();
		if (!budget.allowed) {
			const refused = failure(
				429,
				"rate_limit_exceeded",
				"limit of requests reached",
			);
			return answer(response, refused, budget.headers);
		}
		const path = url.pathname.replace(/^\/v1/, "");
		const fault = url.pathname.startsWith("/v1/")
			? project.faults.strike(method, path)
			: undefined;
		if (fault && !fault.done)
			return spoil(response, fault.kind, budget.headers);
		const result = url.pathname.startsWith("/v1/")
			? handle(project, routes, method, path, url.searchParams, body)
			: failure(404, "not_found", "the API is below /v1");
		if (fault) return spoil(response, fault.kind, budget.headers);
		answer(response, result, budget.headers);
	}
}

function handle(
	project: Project,
	routes: readonly Route[],
	method: string,
	path: string,
	query: URLSearchParams,
	text: string | undefined,
): ApiAnswer {
	try {
		if (project.actions.settle()) project.store.save();
		const found = findRoute(routes, method, path);
		if (!("route" in found)) {
			return found.allowed.length > 0
				? failure(
						405,
						"method_not_allowed",
						`expected ${found.allowed.join(" or ")}`,
					)
				: failure(404, "not_found", "no such resource");
		}
		const result = found.route.handle({
			params: found.params,
			query,
			body: json(text),
		});
		if (method !== "GET") project.store.save();
		return result;
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return failure(error.status, error.code, error.message, error.details);
	}
}

function faultsRoute(
	faults: Faults,
	method: string,
	text: string | undefined,
): ApiAnswer {
	try {
		if (method !== "PUT")
			return failure(405, "method_not_allowed", "expected PUT");
		faults.set(read(faultsSchema, json(text)));
		return ok({});
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return failure(error.status, error.code, error.message, error.details);
	}
}

function json(text: string | undefined): unknown {
	if (text === undefined)
		throw new ApiError(413, "request_too_large", "body is too large");
	if (text === "") return undefined;
	try {
		return JSON.parse(text);
	} catch {
		throw new ApiError(400, "json_error", "invalid JSON in the request body");
	}
}

/** The body as text; undefined if it is too large (the rest is thrown away). */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		size += (chunk as Buffer).length;
		if (size <= LARGEST_BODY) chunks.push(chunk as Buffer);
	}
	return size > LARGEST_BODY
		? undefined
		: Buffer.concat(chunks).toString("utf8");
}

function authorised(request: IncomingMessage, token: string): boolean {
	const given = Buffer.from(request.headers.authorization ?? "");
	const expected = Buffer.from(`Bearer ${token}`);
	return given.length === expected.length && timingSafeEqual(given, expected);
}

function failure(
	status: number,
	code: string,
	message: string,
	details: object | null = null,
): ApiAnswer {
	return { status, body: { error: { code, message, details } } };
}

const FAULT_CODES: Record<number, string> = {
	401: "unauthorized",
	403: "forbidden",
	429: "rate_limit_exceeded",
	500: "server_error",
	502: "bad_gateway",
	503: "unavailable",
	504: "timeout",
};

function spoil(
	response: ServerResponse,
	kind: number | string,
	headers: Record<string, string>,
): void {
	// A timeout leaves the connection open; the client has to lose patience.
	if (kind === "timeout") return;
	if (kind === "reset") {
		response.destroy();
		return;
	}
	const code = FAULT_CODES[Number(kind)] ?? "server_error";
	answer(response, failure(Number(kind), code, "fault on demand"), headers);
}

function answer(
	response: ServerResponse,
	{ status, body }: ApiAnswer,
	headers: Record<string, string> = {},
): void {
	const correlation = randomUUID();
	response.writeHead(status, {
		...headers,
		"x-correlation-id": correlation,
		...(body ? { "content-type": "application/json" } : {}),
	});
	response.end(body ? JSON.stringify(body) : undefined);
}
