import { parseArgs } from "node:util";
import {
	loadSchools,
	type School,
	schoolFiles,
} from "../school/load-school.ts";
import { problemLine } from "../school/problem.ts";
import { sizeServer } from "../school/sizing.ts";
import { settingWarnings } from "../school/warnings.ts";
import { VisibleError } from "../visible-error.ts";

/**
 * `check <file…>`: validates schools' files (all of schools/ by default) and names every problem.
 *
 * @returns 0 = fine, 1 = problems (with `--strict` also warnings), 2 = could not run
 */
export async function checkCommand(argv: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {
			json: { type: "boolean", default: false },
			strict: { type: "boolean", default: false },
		},
	});
	const files = positionals.length > 0 ? positionals : await allFiles();
	const { schools, problems } = await loadSchools(files);
	const warnings = schools.flatMap(settingWarnings);
	const wrong = [...problems, ...(values.strict ? warnings : [])];
	if (values.json) {
		console.log(JSON.stringify({ problems: wrong }));
		return wrong.length > 0 ? 1 : 0;
	}
	for (const problem of problems) console.log(problemLine(problem));
	for (const warning of warnings)
		console.log(`${problemLine(warning)} (warning)`);
	if (problems.length > 0) {
		const count =
			problems.length === 1 ? "1 problem" : `${problems.length} problems`;
		console.log(
			`\n${count} in ${new Set(problems.map(({ file }) => file)).size} of ${files.length} files.`,
		);
		return 1;
	}
	for (const school of schools) console.log(summary(school));
	return wrong.length > 0 ? 1 : 0;
}

async function allFiles(): Promise<string[]> {
	const files = await schoolFiles("schools").catch(() => []);
	if (files.length === 0) {
		throw new VisibleError(
			"schools/ holds no school here. Name files, run this where schools/ is, or write one with npx schuljitsi init.",
		);
	}
	return files;
}

function summary({ file, settings }: School): string {
	const { server, meetings } = settings;
	if (server.address)
		return `${file}: fine. A machine of your own, ${server.address.ipv4}.`;
	const sizing = sizeServer({
		participants: server.participants,
		rooms: server.rooms,
		maxVideoHeight: meetings.maxVideoHeight,
	});
	const types = server.types ?? sizing.candidates;
	return (
		`${file}: fine. ${sizing.explanation} That takes ${sizing.cores} cores, ${sizing.memoryGb} GB, ` +
		`${sizing.bandwidthMbit} Mbit/s and about ${sizing.trafficTbPerMonth} TB a month; server types, best first: ${types.join(", ")}.`
	);
}
