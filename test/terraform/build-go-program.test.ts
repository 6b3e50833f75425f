import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
	chmod,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rm,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { strToU8, zipSync } from "fflate";
import { buildGoProgram } from "../../terraform/build-go-program.ts";

const run = promisify(execFile);
const program = { module: "example.test/greeting", version: "1.2.3" };
const main =
	'package main\nimport "fmt"\nfunc main() { fmt.Println("hello") }\n';

/** A module proxy of one module, on disk, and a `go` that notes what it is asked. */
async function proxy(t: TestContext, source: string) {
	const go = await run("sh", ["-c", "command -v go"]).then(
		({ stdout }) => stdout.trim(),
		() => undefined,
	);
	if (!go) return void t.skip("Go is not installed");
	const root = await mkdtemp(join(tmpdir(), "schuljitsi-test-"));
	const name = `${program.module}@v${program.version}`;
	const module = join(root, "proxy", program.module, "@v");
	const goMod = `module ${program.module}\n\ngo 1.21\n`;
	const files: Record<string, string | Uint8Array> = {
		"v1.2.3.info": '{"Version":"v1.2.3"}',
		"v1.2.3.mod": goMod,
		"v1.2.3.zip": zipSync({
			[`${name}/go.mod`]: strToU8(goMod),
			[`${name}/main.go`]: strToU8(source),
		}),
	};
	await mkdir(module, { recursive: true });
	for (const [file, content] of Object.entries(files)) {
		await writeFile(join(module, file), content);
	}
	const notes = join(root, "notes");
	await mkdir(join(root, "bin"));
	const noting = `#!/bin/sh\necho "$1" >> '${notes}'\nexec '${go}' "$@"\n`;
	await writeFile(join(root, "bin", "go"), noting);
	await chmod(join(root, "bin", "go"), 0o755);
	const before = { ...process.env };
	Object.assign(process.env, {
		PATH: `${join(root, "bin")}${delimiter}${process.env.PATH}`,
		GOPROXY: pathToFileURL(join(root, "proxy")).href,
		GONOSUMDB: program.module,
		GOMODCACHE: join(root, "modules"),
	});
	t.after(async () => {
		process.env = before;
		// Go makes what it downloads read-only.
		await run("chmod", ["-R", "u+w", root]);
		await rm(root, { recursive: true, force: true });
	});
	const cache = join(root, "cache");
	return {
		cache,
		target: join(cache, "greeting"),
		builds: async () =>
			(await readFile(notes, "utf8")).split("\n").filter((x) => x === "build")
				.length,
	};
}

test("two that want a program at the same time share one build", async (t) => {
	const here = await proxy(t, main);
	if (!here) return;
	await Promise.all([
		buildGoProgram(program, here.target),
		buildGoProgram(program, here.target),
	]);
	assert.equal((await run(here.target)).stdout, "hello\n");
	assert.equal(await here.builds(), 1);
	assert.deepEqual(await readdir(here.cache), ["greeting"]);
});

test("the lock and the rest of a killed build are no hindrance", async (t) => {
	const here = await proxy(t, main);
	if (!here) return;
	const gone = spawn("true");
	await once(gone, "exit");
	await mkdir(`${here.target}.lock`, { recursive: true });
	await writeFile(join(`${here.target}.lock`, "pid"), String(gone.pid));
	await mkdir(`${here.target}.building`);
	await writeFile(join(`${here.target}.building`, "program"), "half");
	await buildGoProgram(program, here.target);
	assert.equal((await run(here.target)).stdout, "hello\n");
	assert.deepEqual(await readdir(here.cache), ["greeting"]);
});

test("the compiler's complaint is told, and nothing is left", async (t) => {
	const here = await proxy(t, main.replace("Println", "Printline"));
	if (!here) return;
	await assert.rejects(
		buildGoProgram(program, here.target),
		/undefined: fmt\.Printline/,
	);
	assert.deepEqual(await readdir(here.cache), []);
});

test("a module that the proxy does not have is told", async (t) => {
	const here = await proxy(t, main);
	if (!here) return;
	await assert.rejects(
		buildGoProgram({ ...program, version: "9.9.9" }, here.target),
		/example\.test\/greeting@v9\.9\.9: .*9\.9\.9\.info/,
	);
	assert.deepEqual(await readdir(here.cache), []);
});
