import { z } from "zod";
import { expected } from "./setting.ts";

const rule = expected(
	"an exact origin such as https://moodle.schule.example",
	"write https:// and the host name, no path, no closing slash, no *",
);

export const embeddingSection = z
	.strictObject({
		allowedOrigins: z
			.array(
				z
					.string(rule)
					.refine(
						(value) =>
							URL.canParse(value) &&
							new URL(value).origin === value &&
							value.startsWith("https://") &&
							!value.includes("*"),
						rule,
					),
				expected("a list of origins", "write each on a line with - before it"),
			)
			.max(20, expected("at most 20 origins", "remove some"))
			.default([])
			.meta({
				description:
					"Pages that may show a meeting inside them, e.g. Moodle; by default none.",
				examples: [["https://moodle.musterschule.example"]],
			}),
	})
	.meta({ description: "Which pages may embed a meeting." });
