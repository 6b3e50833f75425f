import { z } from "zod";
import { expected, httpsUrl, oneOf, text } from "./setting.ts";

/** How teachers prove who they are. */
export const LOGIN_METHODS = ["accounts", "jwt", "ldap", "oidc"] as const;

const ldapRule = expected(
	"an LDAP server with TLS such as ldaps://ldap.schule.example",
	"passwords must not cross the network in the clear",
);

export const loginSection = z
	.strictObject({
		method: oneOf(LOGIN_METHODS, "choose how teachers log in")
			.default("accounts")
			.meta({
				description:
					"accounts: made on the server; jwt: signed links from Moodle or Nextcloud; ldap: the school's directory; oidc: its single sign-on.",
			}),
		jwt: z
			.strictObject({
				issuer: text("the issuer's name (iss)").meta({
					description: "Who signs the links, as in the token's iss.",
					examples: ["moodle"],
				}),
				audience: text("the audience (aud)")
					.default("jitsi")
					.meta({ description: "For whom they are, as in the token's aud." }),
			})
			.optional()
			.meta({
				description:
					"With method: jwt. The shared key goes to the server by `secrets set`.",
			}),
		ldap: z
			.strictObject({
				url: z
					.string(ldapRule)
					.regex(/^ldaps:\/\/[a-z0-9.-]+(:\d{1,5})?$/, ldapRule)
					.meta({ examples: ["ldaps://ldap.musterschule.example"] }),
				baseDn: text("the search base", 300).meta({
					description: "Where the teachers are found.",
					examples: ["ou=lehrer,dc=musterschule,dc=example"],
				}),
				bindDn: text("the account that searches", 300)
					.optional()
					.meta({
						description:
							"Account that may search; its password goes to the server by `secrets set`.",
						examples: ["cn=jitsi,dc=musterschule,dc=example"],
					}),
				userFilter: text("the search filter, with %u for the user name", 500)
					.regex(/%u/, expected("%u for the user name in it", "e.g. (uid=%u)"))
					.default("(uid=%u)")
					.meta({ description: "How a teacher is found by user name (%u)." }),
			})
			.optional()
			.meta({ description: "With method: ldap." }),
		oidc: z
			.strictObject({
				issuer: httpsUrl("the provider's issuer").meta({
					examples: ["https://login.musterschule.example/realms/schule"],
				}),
				clientId: text("the client's id").meta({ examples: ["jitsi"] }),
				teacherClaim: text("the claim that tells teachers from pupils").meta({
					examples: ["roles"],
				}),
				teacherValue: text("its value for teachers").meta({
					examples: ["lehrer"],
				}),
			})
			.optional()
			.meta({
				description:
					"With method: oidc. The client's secret goes to the server by `secrets set`.",
			}),
	})
	.meta({ description: "How teachers log in. Pupils and parents never do." });
