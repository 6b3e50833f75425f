/** One mistake in a school's file, at the place where a person has to mend it. */
export interface Problem {
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** From 1. */
	readonly column: number;
	/** The setting's path, e.g. `server.locations.0`; empty for the file as a whole. */
	readonly setting: string;
	/** What was found, what was expected, how to mend it. */
	readonly message: string;
}

/** A problem in one line, in the form that editors turn into a link. */
export function problemLine({
	file,
	line,
	column,
	setting,
	message,
}: Problem): string {
	return `${file}:${line}:${column}: ${setting ? `${setting}: ` : ""}${message}`;
}
