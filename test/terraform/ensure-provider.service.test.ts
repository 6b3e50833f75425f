import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { buildGoProgram } from "../../terraform/build-go-program.ts";
import { cacheDirectory } from "../../terraform/cache-directory.ts";
import { ensureProvider } from "../../terraform/ensure-provider.ts";
import { findTerraform } from "../../terraform/find-terraform.ts";
import { OPENTOFU, PROVIDER } from "../../terraform/releases.ts";
import { VisibleError } from "../../visible-error.ts";

const run = promisify(execFile);

function hasGo(): Promise<boolean> {
	return run("go", ["version"]).then(
		() => true,
		() => false,
	);
}

async function temporary(t: TestContext): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), "schuljitsi-test-"));
	t.after(() => rm(directory, { recursive: true, force: true }));
	return directory;
}

/** The public registry does not answer, and Terraform has no configuration of the user's. */
async function cutOff(t: TestContext): Promise<NodeJS.ProcessEnv> {
	t.mock.method(globalThis, "fetch", async () => {
		throw new TypeError("fetch failed", { cause: new Error("no network") });
	});
	const { TF_CLI_CONFIG_FILE: _, ...environment } = process.env;
	return environment;
}

/** `init` without a plugin cache, in an empty directory, from this configuration alone. */
async function init(t: TestContext, binary: string, configuration: string) {
	const directory = await temporary(t);
	await writeFile(
		join(directory, "main.tf.json"),
		JSON.stringify({
			terraform: {
				required_providers: {
					hcloud: { source: PROVIDER.source, version: PROVIDER.version },
				},
			},
		}),
	);
	const environment = {
		PATH: process.env.PATH,
		HOME: directory,
		CHECKPOINT_DISABLE: "1",
		TF_CLI_CONFIG_FILE: configuration,
	};
	const terraform = (...argv: string[]) =>
		run(binary, argv, { cwd: directory, env: environment });
	await terraform("init", "-input=false", "-no-color");
	const { stdout } = await terraform("version", "-json");
	const lock = join(directory, ".terraform.lock.hcl");
	return {
		selected: JSON.parse(stdout).provider_selections as Record<string, string>,
		locked: /"h1:[^"]+"/.exec(await readFile(lock, "utf8"))?.[0],
	};
}

const tofu = join(cacheDirectory(), `tofu-${OPENTOFU.version}`);

// By itself, because it takes minutes where the cache is empty.
test("OpenTofu can be built from its Go module", async (t) => {
	if (!(await hasGo())) return t.skip("Go is not installed");
	const { goModule: module, goPackage, version } = OPENTOFU;
	await buildGoProgram({ module, version, package: goPackage }, tofu);
	const { stdout } = await run(tofu, ["version"], {
		env: { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" },
	});
	assert.match(stdout, /^OpenTofu v1\.11\.4\n/);
});

test("cut off from the registry, Terraform and OpenTofu take the provider that was built", async (t) => {
	if (!(await hasGo())) return t.skip("Go is not installed");
	const environment = await cutOff(t);
	const source = await ensureProvider(
		(sentence) => t.diagnostic(sentence),
		environment,
	);
	assert.ok(source.from === "built");
	const terraform = await findTerraform(
		(sentence) => t.diagnostic(sentence),
		environment,
	);
	const first = await init(t, terraform.binary, source.cliConfigFile);
	const second = await init(t, tofu, source.cliConfigFile);
	assert.deepEqual(second.selected, {
		"registry.opentofu.org/hetznercloud/hcloud": PROVIDER.version,
	});
	if (terraform.product === "Terraform") {
		assert.deepEqual(first.selected, {
			"registry.terraform.io/hetznercloud/hcloud": PROVIDER.version,
		});
	}
	assert.ok(first.locked);
	assert.equal(first.locked, second.locked);
});

test("what was built is taken again without a word, by all who ask at once", async (t) => {
	const environment = await cutOff(t);
	const cache = await temporary(t);
	await mkdir(join(cache, "schuljitsi"));
	const file = `terraform-provider-hcloud_v${PROVIDER.version}`;
	await writeFile(join(cache, "schuljitsi", file), "the program");
	const ask = () =>
		ensureProvider((sentence) => assert.fail(sentence), {
			...environment,
			XDG_CACHE_HOME: cache,
		});
	const [source, ...others] = await Promise.all([ask(), ask(), ask()]);
	assert.ok(source.from === "built");
	for (const other of others) assert.deepEqual(other, source);
	assert.match(await readFile(source.cliConfigFile, "utf8"), /exclude = \[/);
});

test("a user's own configuration of Terraform is left alone", async (t) => {
	const environment = await cutOff(t);
	const own = join(await temporary(t), "terraformrc");
	await writeFile(own, "");
	assert.deepEqual(
		await ensureProvider((sentence) => assert.fail(sentence), {
			...environment,
			TF_CLI_CONFIG_FILE: own,
		}),
		{ from: "user" },
	);
});

test("where the registry answers, nothing is built", async (t) => {
	const environment = await cutOff(t);
	const asked: string[] = [];
	t.mock.method(globalThis, "fetch", async (url: string) => {
		asked.push(url);
		return new Response("{}");
	});
	assert.deepEqual(
		await ensureProvider((sentence) => assert.fail(sentence), {
			...environment,
			XDG_CACHE_HOME: await temporary(t),
		}),
		{ from: "registry" },
	);
	assert.deepEqual(asked, [
		"https://registry.terraform.io/.well-known/terraform.json",
	]);
});

test("without registry and Go it is told what to do", async (t) => {
	const environment = await cutOff(t);
	const path = process.env.PATH;
	t.after(() => {
		process.env.PATH = path;
	});
	process.env.PATH = await temporary(t);
	const told: string[] = [];
	await assert.rejects(
		ensureProvider((sentence) => told.push(sentence), {
			...environment,
			XDG_CACHE_HOME: await temporary(t),
		}),
		new VisibleError(
			`The hcloud provider 1.68.0 cannot be had here:
- the public registry cannot be reached (no network)
- it cannot be built (Go is not installed)
Open the way to registry.terraform.io, install Go 1.26.4 or newer, or name a filesystem mirror in TF_CLI_CONFIG_FILE.`,
		),
	);
	assert.deepEqual(told, [
		"Ensure the hcloud provider 1.68.0: the public registry cannot be reached (no network), building it with Go, about a minute …",
	]);
});
