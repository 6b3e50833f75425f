import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { parseSchool } from "../school/parse-school.ts";
import { problemLine } from "../school/problem.ts";
import { VisibleError } from "../visible-error.ts";

interface Answers {
	readonly id: string;
	readonly school: string;
	readonly operator: string;
	readonly email: string;
	readonly domain: string;
	readonly sshKey: string;
	readonly sshFrom: string;
}

/** The questions, in the order in which they are asked; `flag` answers one without asking. */
const QUESTIONS: readonly {
	key: keyof Answers;
	flag: string;
	question: string;
}[] = [
	{
		key: "id",
		flag: "name",
		question: "Short name, for commands and the file (a-z, 0-9, -)",
	},
	{ key: "school", flag: "school", question: "The school's name" },
	{
		key: "operator",
		flag: "operator",
		question: "Who operates it and is responsible",
	},
	{ key: "email", flag: "email", question: "Their e-mail address" },
	{
		key: "domain",
		flag: "domain",
		question: "Address of the meetings, e.g. meet.schule.example",
	},
	{ key: "sshKey", flag: "ssh-key", question: "File with your public SSH key" },
	{
		key: "sshFrom",
		flag: "ssh-from",
		question: "Network you administer from, e.g. 198.51.100.0/24",
	},
];

/** `init`: asks, and writes schools/<name>.yaml; with `--yes` and flags it asks nothing. */
export async function initCommand(argv: string[]): Promise<number> {
	const { values } = parseArgs({
		args: argv,
		options: {
			yes: { type: "boolean", default: false },
			...Object.fromEntries(
				QUESTIONS.map(({ flag }) => [flag, { type: "string" as const }]),
			),
		},
	}) as { values: Record<string, string | boolean | undefined> };
	const given = (flag: string) =>
		typeof values[flag] === "string" ? values[flag] : undefined;
	const answers = await ask(given, values.yes === true);
	const file = join("schools", `${answers.id}.yaml`);
	const text = schoolFile({
		...answers,
		sshKey: await publicKey(answers.sshKey),
	});
	const { problems } = parseSchool(Buffer.from(text), file);
	if (problems.length > 0) {
		throw new VisibleError(
			`${problems.map(problemLine).join("\n")}\nNothing was written (the lines are those it would have had).`,
		);
	}
	await writeNew(file, text);
	console.log(`Wrote ${file}. Every further setting is explained in schools/musterschule.yaml.
Next: npx schuljitsi check ${file}, then npx schuljitsi rehearse ${answers.id}`);
	return 0;
}

async function ask(
	given: (flag: string) => string | undefined,
	silent: boolean,
): Promise<Answers> {
	const proposals: Partial<Answers> = {
		sshKey: join(homedir(), ".ssh", "id_ed25519.pub"),
	};
	const missing = QUESTIONS.filter(
		({ flag, key }) => !given(flag) && !(silent && proposals[key]),
	);
	if (silent && missing.length > 0) {
		throw new VisibleError(
			`With --yes these are needed too: ${missing.map(({ flag }) => `--${flag}`).join(", ")}. Nothing was written.`,
		);
	}
	if (missing.length > 0 && !process.stdin.isTTY) {
		throw new VisibleError(
			`init asks, and there is no terminal to ask at. Give --yes and ${missing.map(({ flag }) => `--${flag}`).join(", ")}. Nothing was written.`,
		);
	}
	const terminal =
		missing.length > 0
			? createInterface(process.stdin, process.stderr)
			: undefined;
	try {
		const answers: Record<string, string> = {};
		for (const { key, flag, question } of QUESTIONS) {
			const proposal = key === "operator" ? answers.school : proposals[key];
			const answer =
				given(flag) ??
				(
					await terminal?.question(
						`${question}${proposal ? ` [${proposal}]` : ""}: `,
					)
				)?.trim();
			answers[key] = answer || proposal || "";
		}
		return answers as unknown as Answers;
	} finally {
		terminal?.close();
	}
}

async function publicKey(file: string): Promise<string> {
	const text = await readFile(file, "utf8").catch(
		(error: NodeJS.ErrnoException) => {
			throw new VisibleError(
				`${file} cannot be read (${error.code}). Expected a public SSH key; make one with ssh-keygen -t ed25519. Nothing was written.`,
			);
		},
	);
	return text.trim();
}

function schoolFile({
	school,
	operator,
	email,
	domain,
	sshKey,
	sshFrom,
}: Answers): string {
	const settings = {
		school: { name: school, operator: { name: operator, email } },
		domain: { name: domain },
		administration: {
			sshKeys: [sshKey],
			sshFrom: sshFrom === "any" ? "any" : [sshFrom],
		},
	};
	return `# yaml-language-server: $schema=school.schema.json\n${stringify(settings, { lineWidth: 0 })}`;
}

/** Writes a file that must not exist, whole or not at all. */
async function writeNew(file: string, text: string): Promise<void> {
	await mkdir("schools", { recursive: true });
	const temporary = `${file}.${randomUUID()}`;
	await writeFile(temporary, text);
	try {
		await link(temporary, file);
	} catch (error) {
		if (!existsSync(file)) throw error;
		throw new VisibleError(
			`${file} exists already and is left as it is. Choose another --name, or edit the file.`,
		);
	} finally {
		await rm(temporary, { force: true });
	}
}
