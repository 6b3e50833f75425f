import { z } from "zod";

/**
 * What a rule tells the author of a file: what is expected, and how to mend it. What was found is
 * put before it when the file is read, where the source text is at hand.
 */
export function expected(what: string, fix: string): { error: () => string } {
	return { error: () => `expected ${what}; ${fix}` };
}

/** One line of text for people: no control characters, no padding. */
export function text(what: string, maximum = 200): z.ZodString {
	const rule = expected(
		`${what}, one line of at most ${maximum} characters`,
		"write it as text, in quotes if it looks like a number or a date",
	);
	return z
		.string(rule)
		.min(1, rule)
		.max(maximum, rule)
		.regex(/^[^\p{Cc}\u2028\u2029]+$/u, rule);
}

const mailRule = expected(
	"an e-mail address such as it@schule.example",
	"correct it",
);

export const emailAddress = z
	.string(mailRule)
	.max(254, mailRule)
	.regex(/^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, mailRule);

const phoneRule = expected(
	"a telephone number such as +49 761 123456, in quotes",
	"write digits, spaces, + ( ) / - only",
);

export const phone = z
	.string(phoneRule)
	.regex(/^\+?[0-9 ()/-]{3,30}$/, phoneRule);

const hostRule = expected(
	"a host name in lower case such as meet.schule.example",
	"use letters a to z, digits and hyphens, at least two parts with dots between, no address, no https://, umlauts in their xn-- form",
);

/** A host name by RFC 1123, section 2.1, with at least two labels; no address. */
export const hostName = z
	.string(hostRule)
	.max(253, hostRule)
	.regex(
		/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
		hostRule,
	);

/** An address that starts with `https://`, without user, password, query or fragment. */
export function httpsUrl(what: string): z.ZodString {
	const rule = expected(`${what}, an address with https://`, "correct it");
	return z.string(rule).max(500, rule).refine(isHttps, rule);
}

function isHttps(value: string): boolean {
	if (!URL.canParse(value)) return false;
	const { protocol, username, password, search, hash } = new URL(value);
	return protocol === "https:" && !username && !password && !search && !hash;
}

/** A whole number of a unit. */
export function wholeNumber(
	what: string,
	minimum: number,
	maximum: number,
): z.ZodNumber {
	const rule = expected(
		`${what}, a whole number from ${minimum} to ${maximum}`,
		"correct it, and write it without quotes",
	);
	return z.number(rule).int(rule).min(minimum, rule).max(maximum, rule);
}

export function yesOrNo(): z.ZodBoolean {
	return z.boolean(expected("true or false", "write it without quotes"));
}

/** One of a few words. */
export function oneOf<const T extends readonly [string, ...string[]]>(
	words: T,
	fix: string,
) {
	return z.enum(words, expected(`one of ${words.join(", ")}`, fix));
}
