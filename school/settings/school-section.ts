import { z } from "zod";
import { COUNTRIES, LAENDER } from "./countries.ts";
import { emailAddress, expected, oneOf, phone, text } from "./setting.ts";

const person = {
	email: emailAddress.meta({ description: "Address for letters by e-mail." }),
	phone: phone.optional().meta({ description: "Telephone number, in quotes." }),
};

export const schoolSection = z
	.strictObject({
		name: text("the school's name").meta({
			description: "The school's name as people know it.",
			examples: ["Musterschule Freiburg"],
		}),
		country: z
			.enum(
				COUNTRIES,
				expected(
					`an EU or EEA country by its two letters (${COUNTRIES.join(" ")})`,
					"this program serves schools under the GDPR only",
				),
			)
			.default("DE")
			.meta({
				description:
					"Country whose law applies: any of the EU or EEA, by its two letters.",
			}),
		land: oneOf(LAENDER, "write the Land by its two letters, e.g. BW")
			.optional()
			.meta({
				description:
					"In Germany: the Land, by its two letters; its school law shapes the documents.",
				examples: ["BW"],
			}),
		operator: z
			.strictObject({
				name: text("the operator's name").meta({
					description:
						"Who is responsible under the GDPR: the school or its authority.",
					examples: ["Stadt Freiburg, Amt für Schule und Bildung"],
				}),
				address: text("a postal address", 300).optional().meta({
					description: "Postal address in one line; the imprint needs it.",
				}),
				...person,
			})
			.meta({
				description: "Who operates the service and is responsible for it.",
			}),
		contact: z.strictObject(person).optional().meta({
			description: "Whom teachers and parents may ask; absent = the operator.",
		}),
		dataProtectionOfficer: z
			.strictObject({
				name: text("the officer's name").meta({
					description: "Name or office.",
				}),
				...person,
			})
			.optional()
			.meta({
				description: "The data-protection officer; the documents name them.",
			}),
	})
	.meta({ description: "The school and the people behind it." });
