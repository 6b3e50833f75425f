import { type Document, isMap, isScalar, isSeq, type Node } from "yaml";
import type { z } from "zod";
import { decodeText } from "./decode-text.ts";
import { foundValue, quoted } from "./found-value.ts";
import type { Problem } from "./problem.ts";
import { crossRules } from "./rules.ts";
import { complete, type Settings, settingsSchema } from "./settings.ts";
import { unknownKeyMessage } from "./unknown-key.ts";
import { parseYaml, type YamlFile } from "./yaml-document.ts";

/** A school as its file describes it. */
export interface School {
	/** The file's name without its ending: the short name in commands, labels and directories. */
	readonly id: string;
	readonly file: string;
	readonly settings: Settings;
}

const ID = /^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/;

/**
 * Reads a school's file. Pure: it is handed the bytes.
 *
 * @param file - the path, as it shall stand in messages
 * @returns the school, or every problem of its file in the order of the lines
 */
export function parseSchool(
	bytes: Uint8Array,
	file: string,
):
	| { school: School; problems: [] }
	| { school?: undefined; problems: Problem[] } {
	const whole = (message: string): Problem => ({
		file,
		line: 1,
		column: 1,
		setting: "",
		message,
	});
	const id = schoolId(file);
	const named = ID.test(id)
		? []
		: [
				whole(
					`found the file name ${JSON.stringify(id)}, expected at most 32 of a-z, 0-9 and -, a letter first; rename the file`,
				),
			];
	const decoded = decodeText(bytes);
	if ("fault" in decoded)
		return { problems: [...named, { ...whole(""), ...decoded.fault }] };
	const parsed = parseYaml(decoded.text);
	if ("faults" in parsed) {
		return {
			problems: [
				...named,
				...parsed.faults.map((fault) => ({ ...whole(""), ...fault })),
			],
		};
	}
	const { contents } = parsed.file.document;
	if (contents === null || (isScalar(contents) && contents.value === null)) {
		return {
			problems: [
				...named,
				whole(
					"found an empty file, expected a school's settings; copy schools/musterschule.yaml",
				),
			],
		};
	}
	if (!isMap(contents)) {
		const problem = whole(
			`found ${foundValue(contents)}, expected a map of settings (school:, domain:, …); copy schools/musterschule.yaml`,
		);
		return { problems: [...named, problem] };
	}
	const plain = plainValue(contents);
	const result = settingsSchema.safeParse(plain);
	const problems = [
		...named,
		...(result.error?.issues ?? [])
			.flatMap(flatten)
			.flatMap((issue) => fromIssue(issue, parsed.file, file)),
		...crossRules(plain).map(({ path, message }) =>
			problemAt(path, message, parsed.file, file),
		),
	].sort((a, b) => a.line - b.line || a.column - b.column);
	return result.success && problems.length === 0
		? { school: { id, file, settings: complete(result.data) }, problems: [] }
		: { problems };
}

/** `schools/musterschule.yaml` -> `musterschule`. */
export function schoolId(file: string): string {
	return file.replace(/^.*[/\\]/, "").replace(/\.ya?ml$/, "");
}

/** Plain data of a node. Keys stay own properties, whatever they are called. */
function plainValue(node: unknown): unknown {
	if (isMap(node)) {
		const object: Record<string, unknown> = {};
		for (const { key, value } of node.items) {
			Object.defineProperty(
				object,
				String((key as { value?: unknown }).value),
				{
					value: plainValue(value) ?? undefined,
					enumerable: true,
					configurable: true,
					writable: true,
				},
			);
		}
		return object;
	}
	if (isSeq(node)) return node.items.map(plainValue);
	return isScalar(node) ? node.value : undefined;
}

type Issue = z.core.$ZodIssue;

/** Of the ways to satisfy a union, tells what is wrong with the one that was evidently meant. */
function flatten(issue: Issue): Issue[] {
	if (issue.code !== "invalid_union") return [issue];
	const meant = issue.errors.find((errors) =>
		errors.every(({ path }) => path.length > 0),
	);
	return meant && meant.length > 0
		? meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
		: [issue];
}

function fromIssue(issue: Issue, yaml: YamlFile, file: string): Problem[] {
	const path = issue.path.map(String);
	if (issue.code !== "unrecognized_keys")
		return [problemAt(path, issue.message, yaml, file)];
	return issue.keys.map((key) => ({
		...place(keyOffset(yaml.document, path, key), yaml),
		file,
		setting: [...path, quoted(key).slice(1, -1)].join("."),
		message: unknownKeyMessage(path, key),
	}));
}

function problemAt(
	path: readonly string[],
	message: string,
	yaml: YamlFile,
	file: string,
): Problem {
	const node = nodeAt(yaml.document, path);
	const expected = message.startsWith("expected ")
		? message
		: `expected a map of settings; ${node ? "indent its settings below it" : "add it, see schools/musterschule.yaml"}`;
	return {
		...place(node?.range?.[0] ?? nearestOffset(yaml.document, path), yaml),
		file,
		setting: path.join("."),
		message: `found ${foundValue(node)}, ${expected}`,
	};
}

function place(
	offset: number,
	{ lines }: YamlFile,
): { line: number; column: number } {
	const { line, col } = lines.linePos(offset);
	return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function nodeAt(document: Document, path: readonly string[]): Node | undefined {
	if (path.length === 0) return document.contents ?? undefined;
	return (document.getIn(path, true) as Node | null | undefined) ?? undefined;
}

/** For something that is missing: the key under which it is missing. */
function nearestOffset(document: Document, path: readonly string[]): number {
	for (let length = path.length - 1; length > 0; length--) {
		const parent = path.slice(0, length);
		if (nodeAt(document, parent) !== undefined) {
			return keyOffset(document, parent.slice(0, -1), parent.at(-1) as string);
		}
	}
	return 0;
}

function keyOffset(
	document: Document,
	path: readonly string[],
	key: string,
): number {
	const map = nodeAt(document, path);
	if (!isMap(map)) return map?.range?.[0] ?? 0;
	const pair = map.items.find(
		({ key: node }) => isScalar(node) && String(node.value) === key,
	);
	return (pair?.key as Node | undefined)?.range?.[0] ?? 0;
}
