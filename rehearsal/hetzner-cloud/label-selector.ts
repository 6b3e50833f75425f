import { invalidInput } from "./api-error.ts";

type Requirement = (labels: Readonly<Record<string, string>>) => boolean;

const NAME = "[A-Za-z0-9][A-Za-z0-9._/-]*";
const FORMS: [RegExp, (match: RegExpExecArray) => Requirement][] = [
	[
		new RegExp(`^!\\s*(${NAME})$`),
		([, key = ""]) =>
			(labels) =>
				!(key in labels),
	],
	[
		new RegExp(`^(${NAME})$`),
		([, key = ""]) =>
			(labels) =>
				key in labels,
	],
	[
		new RegExp(`^(${NAME})\\s*(==?|!=)\\s*([A-Za-z0-9._-]*)$`),
		([, key = "", operator, value]) =>
			(labels) =>
				(labels[key] === value) === (operator !== "!="),
	],
	[
		new RegExp(`^(${NAME})\\s+(in|notin)\\s+\\(([^()]*)\\)$`),
		([, key = "", operator, list = ""]) => {
			const values = list.split(",").map((value) => value.trim());
			return (labels) =>
				values.includes(labels[key] ?? "\0") === (operator === "in");
		},
	],
];

/**
 * A label selector of the API: requirements joined by commas, each `k`, `!k`, `k=v`, `k==v`,
 * `k!=v`, `k in (a,b)` or `k notin (a,b)`.
 *
 * @throws ApiError invalid_input if it cannot be read
 */
export function labelSelector(selector: string): Requirement {
	const requirements = selector
		.split(/,(?![^(]*\))/)
		.map((part) => part.trim())
		.map((part) => {
			for (const [form, build] of FORMS) {
				const match = form.exec(part);
				if (match) return build(match);
			}
			throw invalidInput("label_selector cannot be read", {
				label_selector: ["invalid label selector"],
			});
		});
	return (labels) => requirements.every((requirement) => requirement(labels));
}
