import { z } from "zod";
import { hostName, httpsUrl } from "./setting.ts";

/** CAA identities of well-known authorities, by the host of their ACME directory. */
const CAA_ISSUERS: Record<string, string> = {
	"acme-v02.api.letsencrypt.org": "letsencrypt.org",
	"acme-staging-v02.api.letsencrypt.org": "letsencrypt.org",
	"acme-api.actalis.com": "actalis.it",
	"acme.zerossl.com": "sectigo.com",
	"acme.ssl.com": "ssl.com",
	"dv.acme-v02.api.pki.goog": "pki.goog",
};

export const certificatesSection = z
	.strictObject({
		directory: httpsUrl("the authority's ACME directory")
			.default("https://acme-v02.api.letsencrypt.org/directory")
			.meta({
				description:
					"ACME directory of the authority that issues the certificates (RFC 8555). It learns the server's names, nothing of the people.",
			}),
		caaIssuer: hostName.optional().meta({
			description:
				"The authority's name in CAA records (RFC 8659); known for common ones, needed for others.",
			examples: ["letsencrypt.org"],
		}),
	})
	.meta({ description: "Who issues the certificates." });

/** The CAA identity that goes with an ACME directory, if it is a well-known one. */
export function knownCaaIssuer(directory: string): string | undefined {
	if (!URL.canParse(directory)) return undefined;
	const { hostname } = new URL(directory);
	return Object.hasOwn(CAA_ISSUERS, hostname)
		? CAA_ISSUERS[hostname]
		: undefined;
}
