import assert from "node:assert/strict";
import {
	mkdirSync,
	mkdtempSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { loadSchools, schoolFiles } from "../../school/load-school.ts";
import { problemLine } from "../../school/problem.ts";
import { schoolYaml } from "../school-yaml.ts";

const directory = mkdtempSync(join(tmpdir(), "schools-"));
after(() => rmSync(directory, { recursive: true }));
const put = (name: string, text: string) =>
	writeFileSync(join(directory, name), text);
const load = async (...files: string[]) => {
	const { schools, problems } = await loadSchools(files, directory);
	return { ids: schools.map(({ id }) => id), lines: problems.map(problemLine) };
};

test("a directory, a huge, an absent and an endless file are told in one sentence each", async () => {
	mkdirSync(join(directory, "folder.yaml"));
	put("huge.yaml", "a".repeat(10 * 1024 * 1024));
	symlinkSync("/dev/zero", join(directory, "endless.yaml"));
	assert.deepEqual(
		(await load("folder.yaml", "huge.yaml", "absent.yaml", "endless.yaml"))
			.lines,
		[
			"folder.yaml:1:1: found a directory, expected a file such as schools/musterschule.yaml; name the file",
			"huge.yaml:1:1: found 10485760 bytes, expected at most 262144; this is no school's file",
			"absent.yaml:1:1: found no such file, expected a school's file; check the name",
			"endless.yaml:1:1: found no ordinary file, expected a file such as schools/musterschule.yaml; name the file",
		],
	);
});

test("one broken file does not hide the others", async () => {
	put("good.yaml", schoolYaml("good"));
	put("bad.yaml", "school: 1\n");
	const { ids, lines } = await load("bad.yaml", "good.yaml");
	assert.deepEqual(ids, ["good"]);
	assert.equal(lines.length, 3);
});

test("two schools cannot share an id or a name", async () => {
	put("twin.yaml", schoolYaml("twin"));
	put("twin.yml", schoolYaml("other"));
	put("same.yaml", schoolYaml("twin"));
	assert.deepEqual((await load("twin.yaml", "twin.yml", "same.yaml")).lines, [
		"twin.yml:1:1: found a second file for the school twin, expected one (twin.yaml); rename or remove one",
		'same.yaml:1:1: domain.name: found "meet.twin.example", which twin.yaml has already, expected a name of its own; change one',
	]);
});

test("a directory's files are found, sorted, and nothing else", async () => {
	const names = (await schoolFiles(directory)).map((file) =>
		file.slice(directory.length + 1),
	);
	assert.ok(names.includes("good.yaml") && names.includes("twin.yml"));
	assert.deepEqual(names, [...names].sort());
});
