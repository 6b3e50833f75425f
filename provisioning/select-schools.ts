import { join, matchesGlob, relative } from "node:path";
import {
	loadSchools,
	type School,
	schoolFiles,
} from "../school/load-school.ts";
import { schoolId } from "../school/parse-school.ts";
import { problemLine } from "../school/problem.ts";
import { VisibleError } from "../visible-error.ts";

/**
 * The schools that a command is about. Only their files are read: another school's mistake must
 * not keep this one down.
 *
 * @param root - the directory that holds `schools/`
 * @param patterns - names or globs such as `'*'`; a path to the file serves as well
 * @throws VisibleError if a pattern matches nothing, or a file has problems (all of them)
 */
export async function selectSchools(
	root: string,
	patterns: readonly string[],
): Promise<School[]> {
	const files = await filesIn(root);
	const known = [...new Set(files.map(schoolId))];
	if (patterns.length === 0 && known.length !== 1) {
		throw new VisibleError(
			known.length === 0
				? "schools/ holds no school. Write one with npx schuljitsi init."
				: `Which school? Found ${known.length} in schools/: ${listed(known)}. Name one or more, or '*' for all.`,
		);
	}
	const wanted = patterns.length === 0 ? known : patterns.map(schoolId);
	const unmatched = wanted.filter(
		(pattern) => !known.some((id) => matchesGlob(id, pattern)),
	);
	if (unmatched.length > 0) {
		throw new VisibleError(
			`schools/ holds no file for ${unmatched.join(", ")}. Found: ${listed(known) || "none"}. Name one of them, or write a new one with npx schuljitsi init.`,
		);
	}
	const { schools, problems } = await loadSchools(
		files.filter((file) =>
			wanted.some((pattern) => matchesGlob(schoolId(file), pattern)),
		),
		root,
	);
	if (problems.length > 0) {
		throw new VisibleError(problems.map(problemLine).join("\n"));
	}
	return schools;
}

async function filesIn(root: string): Promise<string[]> {
	const directory = join(root, "schools");
	try {
		return (await schoolFiles(directory)).map((file) => relative(root, file));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
		throw new VisibleError(
			`${directory} does not exist. Run this command in the directory that holds schools/.`,
		);
	}
}

function listed(ids: readonly string[]): string {
	const shown = ids.slice(0, 10).join(", ");
	return ids.length > 10 ? `${shown} and ${ids.length - 10} more` : shown;
}
