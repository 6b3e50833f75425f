import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

interface OpenApi {
	readonly paths: Record<
		string,
		Record<string, { responses?: Record<string, ResponseObject> }>
	>;
}

interface ResponseObject {
	readonly content?: { "application/json"?: { schema: object } };
}

const FILE =
	process.env.HETZNER_SPEC ??
	join(import.meta.dirname, "../../../../shared/reference/cloud.spec.json");

/**
 * Fields that the document still requires and the API has dropped since: `datacenter`, removed on
 * 2026-07-01.
 */
const DROPPED = new Set(["datacenter"]);

/** Hetzner's OpenAPI document, as a judge of answers; undefined where the file is not here. */
export function officialDocument():
	| {
			judge(
				method: string,
				path: string,
				status: number,
				body: unknown,
			): string[];
	  }
	| undefined {
	if (!existsSync(FILE)) return undefined;
	const document = JSON.parse(readFileSync(FILE, "utf8")) as OpenApi;
	const ajv = new Ajv({
		strict: false,
		allErrors: true,
		validateFormats: true,
		logger: false,
	});
	formats.default(ajv);
	const compiled = new Map<string, ValidateFunction | null>();
	const templates = Object.keys(document.paths)
		.map((template) => ({
			template,
			// Fixed parts go before parameters.
			weight: (template.match(/\{/g) ?? []).length,
			pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, "[^/]+")}$`),
		}))
		.sort((a, b) => a.weight - b.weight);

	return {
		judge(method, path, status, body) {
			const found = templates.find(({ pattern }) => pattern.test(path));
			if (!found)
				return status === 404 ? [] : [`${path} is not in the document`];
			const operation = document.paths[found.template]?.[method.toLowerCase()];
			if (!operation)
				return status >= 404
					? []
					: [`${method} ${found.template} is not in the document`];
			const { responses = {} } = operation;
			const response =
				responses[String(status)] ?? responses[`${String(status)[0]}xx`];
			if (!response)
				return [
					`${method} ${found.template}: ${status} is not in the document`,
				];
			const key = `${method} ${found.template} ${status}`;
			if (!compiled.has(key)) {
				const schema = response.content?.["application/json"]?.schema;
				compiled.set(
					key,
					schema ? ajv.compile(adapted(schema) as object) : null,
				);
			}
			const validate = compiled.get(key);
			if (!validate)
				return body === undefined
					? []
					: [`${key}: a body where none is expected`];
			if (validate(body)) return [];
			return (validate.errors ?? []).map(
				({ instancePath, message }) => `${key}: ${instancePath} ${message}`,
			);
		},
	};
}

/** OpenAPI 3.0's `nullable` in the words of JSON Schema, and what was dropped taken out. */
function adapted(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(adapted);
	if (typeof schema !== "object" || schema === null) return schema;
	const { nullable, example, examples, ...rest } = schema as Record<
		string,
		unknown
	>;
	const node = Object.fromEntries(
		Object.entries(rest).map(([key, value]) => [
			key,
			key === "required" && Array.isArray(value)
				? value.filter((name) => !DROPPED.has(name))
				: adapted(value),
		]),
	);
	if (!nullable) return node;
	const { enum: words, type, ...others } = node;
	return {
		...others,
		...(type ? { type: [type, "null"] } : {}),
		...(Array.isArray(words) ? { enum: [...words, null] } : {}),
	};
}
