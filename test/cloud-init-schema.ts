import { execFile } from "node:child_process";
import {
	access,
	mkdtemp,
	readdir,
	rename,
	rm,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheDirectory } from "../terraform/cache-directory.ts";
import { pythonWith } from "./python-venv.ts";

const run = promisify(execFile);

/**
 * Judges user data with `cloud-init schema`, cloud-init's own validator. The program comes from
 * Debian's package, unpacked into a cache and not installed: installed, it would run at this
 * computer's next boot.
 *
 * @returns the validator's words; `missing` says why there is no validator here
 */
export async function cloudInitSchema(
	userData: string,
): Promise<{ valid: boolean; words: string } | { missing: string }> {
	const found = await pythonWith("cloud-init-python", [
		"PyYAML",
		"jsonschema",
		"jinja2",
		"configobj",
		"oauthlib",
		"requests",
		"jsonpatch",
		"pyserial",
	]);
	if ("missing" in found) return found;
	let home: string;
	try {
		home = await ensureCloudInit();
	} catch (error) {
		const reason =
			(error as { stderr?: string; message: string }).stderr || String(error);
		return {
			missing: `cloud-init from Debian's packages: ${reason.trim().split("\n").at(-1)}`,
		};
	}
	const directory = await mkdtemp(join(tmpdir(), "user-data-"));
	try {
		const file = join(directory, "user-data");
		await writeFile(file, userData);
		const { stdout, stderr } = await run(
			found.python,
			["-m", "cloudinit.cmd.main", "schema", "-c", file],
			{
				env: {
					...process.env,
					PYTHONPATH: join(home, "usr/lib/python3/dist-packages"),
				},
			},
		);
		return { valid: true, words: stdout + stderr };
	} catch (error) {
		const { stdout, stderr } = error as { stdout: string; stderr: string };
		return { valid: false, words: stdout + stderr };
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
}

async function ensureCloudInit(): Promise<string> {
	const home = join(cacheDirectory(), "cloud-init-package");
	const there = await access(home).then(
		() => true,
		() => false,
	);
	if (there) return home;
	const work = await mkdtemp(`${home}-`);
	const options = { cwd: work };
	try {
		await run("apt-get", ["download", "cloud-init"], options).catch(
			async () => {
				await run("apt-get", ["update"], options);
				await run("apt-get", ["download", "cloud-init"], options);
			},
		);
		const file = (await readdir(work)).find((name) => name.endsWith(".deb"));
		await run("dpkg-deb", ["-x", String(file), "."], options);
		await rename(work, home);
		return home;
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}
