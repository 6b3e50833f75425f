import { z } from "zod";
import { network } from "./network.ts";
import { emailAddress, expected, text } from "./setting.ts";
import { sshPublicKey } from "./ssh-public-key.ts";

export const administrationSection = z
	.strictObject({
		sshKeys: z
			.array(
				sshPublicKey,
				expected(
					"a list of public SSH keys",
					"write each on a line with - before it",
				),
			)
			.min(
				1,
				expected(
					"at least one public SSH key",
					"add the line of ~/.ssh/id_ed25519.pub",
				),
			)
			.max(50, expected("at most 50 keys", "remove some"))
			.meta({
				description:
					"Public SSH keys of the administrators, as in ~/.ssh/id_ed25519.pub.",
			}),
		sshFrom: z
			.union(
				[
					z.literal("any"),
					z
						.array(network)
						.min(
							1,
							expected(
								"at least one network",
								"add the network you administer from",
							),
						)
						.max(50, expected("at most 50 networks", "join some")),
				],
				expected(
					"a list of networks such as [198.51.100.0/24], or the word any",
					"name the networks that administrators come from",
				),
			)
			.meta({
				description:
					"Networks that may reach SSH. The word any opens it to the world and needs a reason.",
				examples: [["198.51.100.0/24", "2001:db8:1::/48"]],
			}),
		sshFromAnyReason: text("a reason", 500)
			.min(
				10,
				expected(
					"a reason in a few words",
					"say why SSH must be open to the world",
				),
			)
			.optional()
			.meta({
				description:
					"Why SSH must be open to the world; stands in the reports.",
			}),
		alertEmail: emailAddress.optional().meta({
			description:
				"Who is written to when something is wrong; absent = the operator.",
		}),
	})
	.meta({ description: "Who administers the server, and from where." });
