import { z } from "zod";
import { settingsSchema } from "./settings.ts";

let cached: object | undefined;

/**
 * The settings as JSON Schema (draft 2020-12), for editors that complete and check while one types:
 * `# yaml-language-server: $schema=school.schema.json`. Rules between settings are beyond it.
 */
export function jsonSchema(): object {
	cached ??= z.toJSONSchema(settingsSchema, { io: "input" });
	return cached;
}

/** The schema as the file that editors read. */
export function jsonSchemaText(): string {
	return `${JSON.stringify(jsonSchema(), null, "\t")}\n`;
}
