import { execFile } from "node:child_process";
import {
	access,
	mkdir,
	mkdtemp,
	readdir,
	rename,
	rm,
	writeFile,
} from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

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
			join(home, "venv/bin/python"),
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
	const cache = join(
		process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
		"schuljitsi",
	);
	const home = join(cache, "cloud-init");
	if (
		await access(home).then(
			() => true,
			() => false,
		)
	) {
		return home;
	}
	await mkdir(cache, { recursive: true });
	const work = await mkdtemp(join(cache, "cloud-init-"));
	try {
		const options = { cwd: work };
		await run("apt-get", ["download", "cloud-init"], options).catch(
			async () => {
				await run("apt-get", ["update"], options);
				await run("apt-get", ["download", "cloud-init"], options);
			},
		);
		const [package_] = (await readdir(work)).filter((name) =>
			name.endsWith(".deb"),
		);
		await run("dpkg-deb", ["-x", String(package_), "."], options);
		await run("python3", ["-m", "venv", "--copies", "venv"], options);
		await run(
			"venv/bin/python",
			[
				"-m",
				"pip",
				"install",
				"-q",
				"PyYAML",
				"jsonschema",
				"jinja2",
				"configobj",
			].concat(["oauthlib", "requests", "jsonpatch", "pyserial"]),
			options,
		);
		await rename(work, home);
		return home;
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}
