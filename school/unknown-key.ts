import { distance } from "fastest-levenshtein";
import { quoted } from "./found-value.ts";
import { jsonSchema } from "./json-schema.ts";

const SECRET = /pass|secret|token|private.?key|api.?key|credential/i;

/** What to tell about a setting that does not exist: a secret in the wrong place, or a slip of the pen. */
export function unknownKeyMessage(
	path: readonly string[],
	key: string,
): string {
	if (SECRET.test(key)) {
		return "found a secret's name, expected no secret in this file; remove it, change the secret, and give it to the server with npx schuljitsi secrets set";
	}
	const known = knownKeys(path);
	const [nearest] = known
		.map((name) => ({
			name,
			far: distance(name.toLowerCase(), key.toLowerCase()),
		}))
		.sort((a, b) => a.far - b.far);
	const hint =
		nearest && nearest.far <= Math.max(2, Math.floor(key.length / 3))
			? `write ${nearest.name}`
			: "remove it";
	return `found an unknown setting ${quoted(key)}, expected one of ${known.join(", ")}; ${hint}`;
}

interface SchemaNode {
	readonly properties?: Record<string, SchemaNode>;
}

function knownKeys(path: readonly string[]): string[] {
	let node: SchemaNode | undefined = jsonSchema() as SchemaNode;
	for (const key of path) node = node?.properties?.[key];
	return Object.keys(node?.properties ?? {});
}
