import {
	type Document,
	isAlias,
	isMap,
	isNode,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	parseDocument,
	visit,
	type YAMLError,
} from "yaml";

import { quoted } from "./found-value.ts";

/** A fault of the text itself, at a place in it (both from 1). */
export interface TextFault {
	readonly line: number;
	readonly column: number;
	readonly message: string;
}

export interface YamlFile {
	readonly document: Document;
	readonly lines: LineCounter;
}

/** Deeper than any setting; a parser that recurses would fall over far later. */
const DEEPEST = 32;

/**
 * Reads one YAML 1.2 document, strictly: what the settings do not need (anchors, aliases, tags,
 * several documents) is refused, because it hides what a file says.
 */
export function parseYaml(
	text: string,
): { file: YamlFile } | { faults: TextFault[] } {
	const lines = new LineCounter();
	const tooDeep = deepNesting(text);
	if (tooDeep !== undefined) {
		return { faults: [faultAt(text, tooDeep, TOO_DEEP)] };
	}
	const document = parseDocument(text, {
		lineCounter: lines,
		version: "1.2",
		merge: false,
		prettyErrors: false,
		stringKeys: false,
	});
	const position = (offset: number) => {
		const { line, col } = lines.linePos(offset);
		return { line: Math.max(line, 1), column: Math.max(col, 1) };
	};
	const faults = document.errors.map((error) => ({
		...position(error.pos[0]),
		message: syntaxMessage(error),
	}));
	if (faults.length > 0) return { faults };
	visit(document, {
		Node(_, node) {
			const message = oddity(node);
			if (message) faults.push({ ...position(node.range?.[0] ?? 0), message });
		},
		Pair(_, pair) {
			if (
				!isNode(pair.key) ||
				(isScalar(pair.key) && typeof pair.key.value === "string")
			)
				return;
			const offset = pair.key.range?.[0] ?? 0;
			faults.push({
				...position(offset),
				message:
					"found a key that is no word, expected the name of a setting; correct it",
			});
		},
	});
	return faults.length > 0 ? { faults } : { file: { document, lines } };
}

const TOO_DEEP = `found more than ${DEEPEST} levels, expected settings of at most four levels; correct the indentation or brackets`;

function oddity(node: Node): string | undefined {
	if (isAlias(node)) {
		return "found an alias (*), expected the value itself; write it out";
	}
	if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor) {
		return "found an anchor (&), expected a plain value; remove it";
	}
	return node.tag?.startsWith("!") ||
		/^tag:(?!yaml\.org,2002:(str|int|float|bool|null|map|seq)$)/.test(
			node.tag ?? "",
		)
		? `found the tag ${quoted(node.tag ?? "")}, expected a plain value; remove it`
		: undefined;
}

/** The parser's codes, in words that say what to do. */
function syntaxMessage({ code, message }: YAMLError): string {
	switch (code) {
		case "DUPLICATE_KEY":
			return "found this setting a second time, expected it once; remove one of the two";
		case "TAB_AS_INDENT":
			return "found a tab, expected spaces for indentation; replace it by two spaces for each level";
		case "MULTIPLE_DOCS":
			return "found a second document (---), expected one school a file; give it a file of its own";
		case "BAD_ALIAS":
			return "found an alias (*) to nothing, expected the value itself; write it out, or put it in quotes";
		case "RESOURCE_EXHAUSTION":
			return TOO_DEEP;
		default:
			return `found YAML that cannot be read (${firstSentence(message)}), expected "setting: value" lines, indented by two spaces; correct this line or the one above it`;
	}
}

/** The parser quotes the file, whose characters may be anything. */
function firstSentence(message: string): string {
	const sentence = (message.split("\n")[0] ?? "").slice(0, 120);
	return quoted(sentence.replace(/[.:]$/, ""))
		.slice(1, -1)
		.replaceAll('\\"', '"');
}

/** Offset of the first character that is nested too deep, by brackets or by indentation. */
function deepNesting(text: string): number | undefined {
	let brackets = 0;
	const indents: number[] = [];
	for (const match of text.matchAll(/^( *)((?:- )*)|[[{]|[\]}]/gm)) {
		const [whole, spaces, dashes] = match;
		if (spaces === undefined || dashes === undefined) {
			brackets = Math.max(
				0,
				brackets + (whole === "[" || whole === "{" ? 1 : -1),
			);
		} else {
			while (indents.length > 0 && (indents.at(-1) as number) >= spaces.length)
				indents.pop();
			indents.push(spaces.length);
			if (dashes.length / 2 > DEEPEST) return match.index;
		}
		if (brackets > DEEPEST || indents.length > DEEPEST) return match.index;
	}
	return undefined;
}

/** The place of an offset in a text, for texts that no parser has read. */
export function faultAt(
	text: string,
	offset: number,
	message: string,
): TextFault {
	const before = text.slice(0, offset);
	const line = before.split("\n").length;
	return { line, column: offset - (before.lastIndexOf("\n") + 1) + 1, message };
}
