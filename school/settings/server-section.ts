import { isIPv4, isIPv6 } from "node:net";
import { z } from "zod";
import { expected, wholeNumber, yesOrNo } from "./setting.ts";

/** Hetzner's locations inside the EU: Falkenstein, Nuremberg, Helsinki. */
export const EU_LOCATIONS = ["fsn1", "nbg1", "hel1"] as const;

/** Hetzner's other locations, refused with the reason. */
const ELSEWHERE: Record<string, string> = {
	ash: "Ashburn, USA",
	hil: "Hillsboro, USA",
	sin: "Singapore",
};

const location = z.enum(EU_LOCATIONS, {
	error: ({ input }) =>
		typeof input === "string" && Object.hasOwn(ELSEWHERE, input)
			? `expected a location in the EU (${EU_LOCATIONS.join(", ")}); this one is in ${ELSEWHERE[input]}, where pupils' data must not go`
			: `expected a location in the EU (${EU_LOCATIONS.join(", ")}); write one of them`,
});

/** A list without repetition. */
function orderedList<T extends z.ZodType<string>>(item: T, what: string) {
	return z
		.array(
			item,
			expected(`a list of ${what}, best first`, "write it as [a, b]"),
		)
		.min(
			1,
			expected(`at least one of ${what}`, "add one, or remove the setting"),
		)
		.refine(
			(list) => new Set(list).size === list.length,
			expected(`each of ${what} once`, "remove the repetition"),
		);
}

const typeRule = expected(
	"a server type of Hetzner's such as cpx42 or ccx23, in lower case",
	"see the console for what there is",
);
const serverType = z
	.string(typeRule)
	.regex(/^(cx|cpx|cax|ccx)\d{2}$/, typeRule);

export const serverTypes = orderedList(serverType, "server types");

const v4 = expected("an IPv4 address such as 203.0.113.10", "correct it");
const v6 = expected("an IPv6 address such as 2001:db8::10", "correct it");

export const serverSection = z
	.strictObject({
		participants: wholeNumber("people in meetings at the same time", 2, 2000)
			.default(60)
			.meta({
				description:
					"How many people are in meetings at the same time; sizes the server.",
			}),
		rooms: wholeNumber("meetings at the same time", 1, 1000).optional().meta({
			description:
				"How many meetings at the same time; absent = one for every 25 people.",
		}),
		locations: orderedList(location, "locations")
			.default(["nbg1", "fsn1", "hel1"])
			.meta({
				description:
					"Where the server may stand, best first: Nuremberg, Falkenstein, Helsinki. The next one serves where the first is sold out.",
			}),
		types: serverTypes.optional().meta({
			description:
				"Server types, best first; absent = chosen for the number of participants.",
			examples: [["cpx42", "ccx23"]],
		}),
		backups: yesOrNo().default(true).meta({
			description:
				"Hetzner's daily image of the server, for a fifth of its price more.",
		}),
		address: z
			.strictObject({
				ipv4: z
					.string(v4)
					.refine(isIPv4, v4)
					.meta({ examples: ["203.0.113.10"] }),
				ipv6: z
					.string(v6)
					.refine((value) => isIPv6(value) && !value.includes("%"), v6)
					.optional()
					.meta({ examples: ["2001:db8::10"] }),
			})
			.optional()
			.meta({
				description:
					"A Debian 13 machine of your own, in place of one from Hetzner. Nothing is bought then.",
			}),
	})
	.meta({
		description: "The server: how many people it carries, where it stands.",
	});

export const bridgesSection = z
	.strictObject({
		count: wholeNumber("number of bridge servers", 0, 10).default(0).meta({
			description:
				"Further servers that only carry audio and video, for very large schools.",
		}),
		types: serverTypes.optional().meta({
			description: "Their types, best first; absent = as the server's.",
			examples: [["cpx32"]],
		}),
	})
	.meta({ description: "Further video bridges on servers of their own." });
