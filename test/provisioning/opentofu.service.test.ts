import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Instance } from "../../provisioning/instance.ts";
import { buildGoProgram } from "../../terraform/build-go-program.ts";
import { cacheDirectory } from "../../terraform/cache-directory.ts";
import { OPENTOFU } from "../../terraform/releases.ts";
import { deployment } from "../deployment.ts";

const ENCRYPTION = `key_provider "pbkdf2" "school" { passphrase = "only the operator knows this sentence" }
method "aes_gcm" "school" { keys = key_provider.pbkdf2.school }
state {
  method   = method.aes_gcm.school
  enforced = true
}
plan {
  method   = method.aes_gcm.school
  enforced = true
}`;

test("OpenTofu serves in place of Terraform, with the state encrypted", async (t) => {
	const binary = join(cacheDirectory(), `tofu-${OPENTOFU.version}`);
	const { goModule: module, goPackage, version } = OPENTOFU;
	try {
		await buildGoProgram({ module, version, package: goPackage }, binary);
	} catch (error) {
		return t.skip(`OpenTofu cannot be built: ${(error as Error).message}`);
	}
	const d = await deployment(t, {
		environment: { TERRAFORM_BINARY_NAME: binary, TF_ENCRYPTION: ENCRYPTION },
	});
	await d.write("a");
	assert.equal(await d.deploy("a"), 0, d.output());
	const { stateFile } = new Instance(d.context.root, "rehearsal", "a");
	const state = JSON.parse(await readFile(stateFile, "utf8"));
	assert.deepEqual(
		Object.keys(state).filter((key) => key === "resources"),
		[],
	);
	assert.equal(typeof state.encrypted_data, "string");
	assert.equal(await d.plan("a"), 0, d.output());
	await d.write("a", { "bridges.count": 1 });
	assert.equal(await d.deploy("a"), 0, d.output());
	assert.equal(await d.destroy("a"), 0, d.output());
	assert.deepEqual(await d.project(), []);
});
