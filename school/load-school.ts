import { open, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseSchool, type School, schoolId } from "./parse-school.ts";
import type { Problem } from "./problem.ts";

export type { School } from "./parse-school.ts";

/** Far above any real file; a larger one is not read to its end. */
const MAXIMUM_BYTES = 256 * 1024;

/** The files of a directory that describe schools, sorted; not an error if there are none. */
export async function schoolFiles(directory: string): Promise<string[]> {
	const names = await readdir(directory);
	return names
		.filter((name) => /\.ya?ml$/.test(name))
		.sort()
		.map((name) => join(directory, name));
}

/**
 * Reads schools' files and judges them one by one and together.
 *
 * @param files - as they shall stand in messages
 * @param base - the directory that relative files are in
 * @returns the schools without problems, and every problem of all files
 */
export async function loadSchools(
	files: readonly string[],
	base = process.cwd(),
): Promise<{ schools: School[]; problems: Problem[] }> {
	const schools: School[] = [];
	const problems: Problem[] = [];
	for (const file of files) {
		const read = await readLimited(resolve(base, file));
		if ("message" in read) {
			problems.push({
				file,
				line: 1,
				column: 1,
				setting: "",
				message: read.message,
			});
			continue;
		}
		const parsed = parseSchool(read.bytes, file);
		problems.push(...parsed.problems);
		if (parsed.school) schools.push(parsed.school);
	}
	return { schools, problems: [...problems, ...clashes(schools, files)] };
}

async function readLimited(
	file: string,
): Promise<{ bytes: Uint8Array } | { message: string }> {
	try {
		const handle = await open(file, "r");
		try {
			const stat = await handle.stat();
			if (!stat.isFile()) {
				const kind = stat.isDirectory() ? "a directory" : "no ordinary file";
				return {
					message: `found ${kind}, expected a file such as schools/musterschule.yaml; name the file`,
				};
			}
			if (stat.size > MAXIMUM_BYTES) {
				return {
					message: `found ${stat.size} bytes, expected at most ${MAXIMUM_BYTES}; this is no school's file`,
				};
			}
			return { bytes: await handle.readFile() };
		} finally {
			await handle.close();
		}
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT")
			return {
				message: "found no such file, expected a school's file; check the name",
			};
		if (code === "EACCES")
			return {
				message:
					"found a file that may not be read, expected one that may; check its rights",
			};
		throw error;
	}
}

/** What only shows when schools are looked at together: one id, or one name, for two. */
function clashes(
	schools: readonly School[],
	files: readonly string[],
): Problem[] {
	const problems: Problem[] = [];
	const byId = new Map<string, string>();
	for (const file of files) {
		const id = schoolId(file);
		const other = byId.get(id);
		if (other !== undefined && other !== file) {
			problems.push({
				file,
				line: 1,
				column: 1,
				setting: "",
				message: `found a second file for the school ${id}, expected one (${other}); rename or remove one`,
			});
		}
		byId.set(id, file);
	}
	const byName = new Map<string, School>();
	for (const school of schools) {
		const { name } = school.settings.domain;
		const other = byName.get(name);
		if (other && other.id !== school.id) {
			problems.push({
				file: school.file,
				line: 1,
				column: 1,
				setting: "domain.name",
				message: `found ${JSON.stringify(name)}, which ${other.file} has already, expected a name of its own; change one`,
			});
		}
		byName.set(name, school);
	}
	return problems;
}
