import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { HetznerClient } from "../../provisioning/hetzner-client.ts";

async function client(
	t: TestContext,
	listener: RequestListener,
): Promise<HetznerClient> {
	const server = createServer(listener).listen(0, "127.0.0.1");
	await once(server, "listening");
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return new HetznerClient({
		name: "rehearsal",
		endpoint,
		token: "t".repeat(64),
	});
}

test("lists are read to their last page", async (t) => {
	const asked: string[] = [];
	const hetzner = await client(t, (request, response) => {
		asked.push(`${request.headers.authorization?.slice(0, 9)} ${request.url}`);
		const page = Number(
			new URL(request.url ?? "", "http://x").searchParams.get("page"),
		);
		response.end(
			JSON.stringify({
				servers: [{ id: page }],
				meta: { pagination: { next_page: page < 3 ? page + 1 : null } },
			}),
		);
	});
	assert.deepEqual(
		await hetzner.list("/servers", "servers", { label_selector: "a=b" }),
		[{ id: 1 }, { id: 2 }, { id: 3 }],
	);
	assert.equal(
		asked[0],
		"Bearer tt /servers?label_selector=a%3Db&page=1&per_page=50",
	);
});

test("what does not exist is undefined", async (t) => {
	const hetzner = await client(t, (_, response) => {
		response
			.writeHead(404)
			.end('{"error":{"code":"not_found","message":"no"}}');
	});
	assert.equal(await hetzner.find("/servers/1"), undefined);
});

test("a passing trouble is tried again, a lasting one is told", async (t) => {
	let calls = 0;
	const passing = await client(t, (_, response) => {
		calls += 1;
		if (calls === 1) response.writeHead(502).end("<html>bad gateway</html>");
		else response.end('{"pricing":{}}');
	});
	assert.deepEqual(await passing.request("GET", "/pricing"), { pricing: {} });
	assert.equal(calls, 2);

	const lasting = await client(t, (_, response) => {
		response
			.writeHead(422)
			.end('{"error":{"code":"invalid_input","message":"name missing"}}');
	});
	await assert.rejects(lasting.request("POST", "/servers", {}), {
		name: "HetznerError",
		code: "invalid_input",
		message: "name missing",
	});
});

test("a refused token, an absent cloud, a foreign or endless answer end in one sentence", async (t) => {
	const refused = await client(t, (_, response) => {
		response
			.writeHead(401)
			.end('{"error":{"code":"unauthorized","message":"no"}}');
	});
	await assert.rejects(refused.find("/servers/1"), {
		name: "VisibleError",
		message: /^HCLOUD_TOKEN: the cloud refused it/,
	});

	const absent = new HetznerClient({
		name: "hetzner",
		endpoint: "http://127.0.0.1:9",
		token: "x",
	});
	await assert.rejects(absent.find("/servers/1"), {
		name: "VisibleError",
		message: /cannot be reached .* Nothing was changed\./,
	});

	const redirecting = await client(t, (_, response) => {
		response.writeHead(302, { location: "http://127.0.0.1:9/" }).end();
	});
	await assert.rejects(redirecting.find("/servers/1"), {
		name: "VisibleError",
	});

	const endless = await client(t, (_, response) => {
		const chunk = Buffer.alloc(1024 * 1024, 32);
		const more = () => {
			while (!response.destroyed && response.write(chunk)) {}
		};
		response.on("drain", more);
		more();
	});
	await assert.rejects(endless.find("/servers/1"), {
		name: "VisibleError",
		message: /larger than/,
	});
});

test("an action is awaited, and its failure is told with the cloud's own words", async (t) => {
	let polls = 0;
	const hetzner = await client(t, (request, response) => {
		if (request.method === "GET") polls += 1;
		const status = polls === 0 ? "running" : "error";
		response.end(
			JSON.stringify({
				action: {
					id: 5,
					command: "poweron",
					status,
					error: { code: "action_failed", message: "no power" },
				},
			}),
		);
	});
	await assert.rejects(hetzner.act("/servers/1/actions/poweron", {}), {
		code: "action_failed",
		message: "no power",
	});
	assert.equal(polls, 1);
});
