import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
	type RunningCloud,
	startCloud,
} from "../../../rehearsal/hetzner-cloud/start-cloud.ts";
import { officialDocument } from "./official-document.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers are JSON of many shapes
export type Json = any;

export interface Answer {
	readonly status: number;
	readonly body: Json;
	readonly headers: Headers;
}

export interface Api {
	readonly cloud: RunningCloud;
	readonly stateDir: string;
	call(method: string, path: string, body?: unknown): Promise<Answer>;
	/** A call that must succeed; waits for the actions it started. */
	must(method: string, path: string, body?: unknown): Promise<Json>;
	/** A call that must fail; returns status and code. */
	fails(
		method: string,
		path: string,
		body?: unknown,
	): Promise<[number, string]>;
}

const document = officialDocument();

/** An embedded cloud, and a client that holds every answer against the official document, if it is here. */
export async function api(
	t: TestContext,
	options: { actionMilliseconds?: number; rateLimit?: number } = {},
): Promise<Api> {
	const stateDir = await mkdtemp(join(tmpdir(), "cloud-"));
	const cloud = await startCloud({
		stateDir,
		actionMilliseconds: 0,
		rateLimit: 1e6,
		...options,
	});
	t.after(async () => {
		await cloud.close();
		await rm(stateDir, { recursive: true, force: true });
	});
	const call = async (
		method: string,
		path: string,
		body?: unknown,
	): Promise<Answer> => {
		const response = await fetch(cloud.endpoint + path, {
			method,
			headers: {
				authorization: `Bearer ${cloud.token}`,
				"content-type": "application/json",
			},
			body: body === undefined ? null : JSON.stringify(body),
		});
		const text = await response.text();
		const answer = {
			status: response.status,
			body: text === "" ? undefined : JSON.parse(text),
			headers: response.headers,
		};
		const { pathname } = new URL(cloud.endpoint + path);
		const faults = document?.judge(
			method,
			pathname.replace("/v1", ""),
			answer.status,
			answer.body,
		);
		assert.deepEqual(faults ?? [], [], text.slice(0, 2000));
		return answer;
	};
	return {
		cloud,
		stateDir,
		call,
		must: async (method, path, body) => {
			const answer = await call(method, path, body);
			assert.ok(
				answer.status < 300,
				`${method} ${path}: ${JSON.stringify(answer.body)}`,
			);
			const actions = [
				answer.body?.action,
				...(answer.body?.actions ?? []),
				...(answer.body?.next_actions ?? []),
			].filter((action) => action?.id);
			for (const { id } of method === "GET" ? [] : actions) {
				while (
					(await call("GET", `/actions/${id}`)).body.action.status === "running"
				) {
					await sleep(5);
				}
			}
			return answer.body;
		},
		fails: async (method, path, body) => {
			const { status, body: answer } = await call(method, path, body);
			return [status, answer?.error?.code];
		},
	};
}
