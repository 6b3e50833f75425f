import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";

export interface Download {
	readonly url: string;
	readonly sha256: string;
	/** The program's name inside the archive. */
	readonly entry: string;
	/** Where the program goes. */
	readonly target: string;
	/** Bytes. */
	readonly largest?: number;
	/** Milliseconds for the whole. */
	readonly patience?: number;
}

const LARGEST = 200 * 1024 * 1024;
const PATIENCE_MS = 5 * 60_000;
/** A host that cannot be reached at all shall not cost minutes. */
const CONNECT_PATIENCE_MS = 10_000;

/**
 * Fetches a zip archive, checks its sum before anything else, and puts one program of it in place.
 *
 * @throws Error in one sentence: not reachable, too large, or not what was pinned
 */
export async function downloadRelease(download: Download): Promise<void> {
	const archive = await fetchLimited(download);
	const sum = createHash("sha256").update(archive).digest("hex");
	if (sum !== download.sha256) {
		throw new Error(
			`${download.url} has the SHA-256 ${sum}, expected ${download.sha256}`,
		);
	}
	const program = unpack(archive, download);
	await mkdir(dirname(download.target), { recursive: true });
	const work = await mkdtemp(`${download.target}.`);
	try {
		await writeFile(join(work, "program"), program, { mode: 0o755 });
		await rename(join(work, "program"), download.target);
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

function unpack(archive: Uint8Array, { url, entry }: Download): Uint8Array {
	let entries: Record<string, Uint8Array>;
	try {
		entries = unzipSync(archive, { filter: ({ name }) => name === entry });
	} catch (error) {
		throw new Error(`${url} is no zip archive (${(error as Error).message})`);
	}
	const program = entries[entry];
	if (!program) throw new Error(`${url} holds no ${entry}`);
	return program;
}

async function fetchLimited(download: Download): Promise<Uint8Array> {
	const { url, largest = LARGEST, patience = PATIENCE_MS } = download;
	const connecting = new AbortController();
	const timer = setTimeout(
		() => connecting.abort(new Error("no answer in time")),
		Math.min(CONNECT_PATIENCE_MS, patience),
	);
	try {
		const response = await fetch(url, {
			// Releases are served where they are pinned; an archive from elsewhere is not wanted.
			redirect: "error",
			signal: AbortSignal.any([
				AbortSignal.timeout(patience),
				connecting.signal,
			]),
		});
		clearTimeout(timer);
		if (!response.ok) throw new Error(`it answers ${response.status}`);
		const chunks: Uint8Array[] = [];
		let size = 0;
		for await (const chunk of response.body ?? []) {
			size += chunk.length;
			if (size > largest) throw new Error(`it is larger than ${largest} bytes`);
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	} catch (error) {
		const { message, cause } = error as Error & { cause?: Error };
		throw new Error(`${url} cannot be fetched (${cause?.message ?? message})`);
	} finally {
		clearTimeout(timer);
	}
}
