import { isMap, isScalar, isSeq, type Node } from "yaml";

const LONGEST = 60;

/** What stands in the file at a place, for a message: as written, shortened, without control characters. */
export function foundValue(node: Node | undefined): string {
	if (node === undefined) return "nothing";
	if (isMap(node)) return node.items.length === 0 ? "an empty map" : "a map";
	if (isSeq(node)) return node.items.length === 0 ? "an empty list" : "a list";
	if (!isScalar(node)) return "something else";
	const { value } = node;
	if (value === null) return "nothing";
	if (typeof value === "string") {
		// A secret must not reach the screen or a log.
		return value.includes("PRIVATE KEY") ? "a private key" : quoted(value);
	}
	const kind = typeof value === "boolean" ? "a truth value" : "a number";
	return `${quoted(node.source ?? String(value)).slice(1, -1)} (${kind})`;
}

/** A text in quotes, shortened, control characters and direction marks escaped. */
export function quoted(value: string): string {
	const shown = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
	return JSON.stringify(shown.toWellFormed()).replace(
		/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
		(character) =>
			`\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
