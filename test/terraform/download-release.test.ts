import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { access, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { strToU8, zipSync } from "fflate";
import {
	type Download,
	downloadRelease,
} from "../../terraform/download-release.ts";

const program = "#!/bin/sh\necho the program\n";
const archive = zipSync({
	"LICENSE.txt": strToU8("free"),
	terraform: strToU8(program),
});

/** A host that answers as told, and what to ask of it. */
async function host(t: TestContext, answer: RequestListener) {
	const server = createServer(answer).listen(0, "127.0.0.1");
	await once(server, "listening");
	const directory = await mkdtemp(join(tmpdir(), "schuljitsi-test-"));
	t.after(async () => {
		server.closeAllConnections();
		server.close();
		await rm(directory, { recursive: true, force: true });
	});
	const { port } = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}/terraform.zip`;
	const download: Download = {
		url,
		sha256: sha256(archive),
		entry: "terraform",
		target: join(directory, "deep", "terraform-1.0.0"),
	};
	return { url, download, directory };
}

function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

/** The download fails with this sentence and leaves nothing behind. */
async function refused(
	{ directory }: { directory: string },
	download: Download,
	sentence: RegExp,
): Promise<void> {
	await assert.rejects(downloadRelease(download), (error: Error) => {
		assert.match(error.message, sentence);
		assert.ok(error.message.startsWith(download.url), error.message);
		return true;
	});
	await assert.rejects(access(download.target));
	const left = await readdir(directory, { recursive: true });
	assert.deepEqual(left, []);
}

test("a release with the pinned sum is put in place, to be run", async (t) => {
	const { download, directory } = await host(t, (_, response) => {
		response.end(archive);
	});
	await downloadRelease(download);
	assert.equal(await readFile(download.target, "utf8"), program);
	assert.equal((await stat(download.target)).mode & 0o777, 0o755);
	assert.deepEqual(await readdir(join(directory, "deep")), ["terraform-1.0.0"]);
});

test("one changed byte is refused, and both sums are told", async (t) => {
	const changed = archive.slice();
	changed[40] = (changed[40] as number) ^ 1;
	const here = await host(t, (_, response) => {
		response.end(changed);
	});
	await refused(
		here,
		here.download,
		new RegExp(
			`has the SHA-256 ${sha256(changed)}, expected ${sha256(archive)}$`,
		),
	);
});

test("a release that breaks off is refused", async (t) => {
	const here = await host(t, (_, response) => {
		response.writeHead(200, { "content-length": archive.length });
		response.write(archive.subarray(0, 50), () => response.destroy());
	});
	await refused(here, here.download, /cannot be fetched \(.+\)$/);
});

test("a release without end is refused at the limit", async (t) => {
	let sent = 0;
	const here = await host(t, (_, response) => {
		const chunk = Buffer.alloc(4096);
		const pour = () => {
			while (!response.destroyed) {
				sent += chunk.length;
				if (!response.write(chunk)) break;
			}
		};
		response.on("drain", pour);
		pour();
	});
	await refused(
		here,
		{ ...here.download, largest: 20_000 },
		/cannot be fetched \(it is larger than 20000 bytes\)$/,
	);
	assert.ok(sent < 50_000_000, `${sent} bytes were sent`);
});

test("a redirect is not followed, so nothing runs in circles", async (t) => {
	let asked = 0;
	const here = await host(t, (request, response) => {
		asked += 1;
		response.writeHead(302, { location: request.url }).end();
	});
	await refused(here, here.download, /cannot be fetched \(.*redirect.*\)$/);
	assert.equal(asked, 1);
});

test("a host that does not answer is given up", async (t) => {
	const here = await host(t, () => {});
	await refused(
		here,
		{ ...here.download, patience: 50 },
		/cannot be fetched \(.+\)$/,
	);
});

test("a host that stops in the middle is given up", async (t) => {
	const here = await host(t, (_, response) => {
		response.writeHead(200);
		response.write(archive.subarray(0, 50));
	});
	await refused(
		here,
		{ ...here.download, patience: 200 },
		/cannot be fetched \(.*timeout.*\)$/,
	);
});

test("an error page is no release", async (t) => {
	const here = await host(t, (_, response) => {
		response.writeHead(404).end("<h1>gone</h1>");
	});
	await refused(here, here.download, /cannot be fetched \(it answers 404\)$/);
});

test("an archive without the program is refused", async (t) => {
	const here = await host(t, (_, response) => {
		response.end(archive);
	});
	await refused(here, { ...here.download, entry: "tofu" }, /holds no tofu$/);
});

test("a pinned archive that is no zip is refused in a sentence", async (t) => {
	const page = strToU8("<h1>no zip</h1>");
	const here = await host(t, (_, response) => {
		response.end(page);
	});
	await refused(
		here,
		{ ...here.download, sha256: sha256(page) },
		/is no zip archive/,
	);
});
