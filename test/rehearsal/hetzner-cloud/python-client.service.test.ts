import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { pythonWith } from "../../python-venv.ts";
import { KEYS } from "../../school-yaml.ts";
import { api } from "./api-client.ts";

const run = promisify(execFile);

test("Hetzner's own Python client works against it", async (t) => {
	const found = await pythonWith("hcloud-python-2", ["hcloud>=2.10,<3"]);
	if ("missing" in found) return t.skip(found.missing);
	const { cloud } = await api(t, { actionMilliseconds: 10 });
	const { stdout } = await run(
		found.python,
		[join(import.meta.dirname, "python_client.py")],
		{
			env: {
				...process.env,
				HCLOUD_TOKEN: cloud.token,
				HCLOUD_ENDPOINT: cloud.endpoint,
				PUBLIC_KEY: KEYS[0],
			},
		},
	);
	assert.deepEqual(JSON.parse(stdout), {
		server: ["running", "cx33", "10.0.0.2", 1],
		selected: ["server"],
		protected: "protected",
		records: ["@/NS", "@/SOA", "meet/A"],
		catalogue: [6, 19, "arm"],
		left: [0, 0, 0, 0, 0, 0, 0],
	});
});
