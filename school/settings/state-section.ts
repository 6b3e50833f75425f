import { z } from "zod";
import { EU_LOCATIONS } from "./server-section.ts";
import { expected, oneOf } from "./setting.ts";

const bucket = expected(
	"a bucket's name (3 to 63 of a-z, 0-9, -)",
	"see it in the console under Object Storage",
);
const key = expected(
	"a path such as schulen/musterschule.tfstate",
	"correct it",
);

export const stateSection = z
	.strictObject({
		backend: oneOf(
			["local", "s3"],
			"local keeps it on this computer, s3 in a bucket",
		)
			.default("local")
			.meta({
				description:
					"Where Terraform keeps what it knows: local (this computer) or s3 (a bucket on Hetzner Object Storage, for teams).",
			}),
		s3: z
			.strictObject({
				bucket: z
					.string(bucket)
					.regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, bucket)
					.meta({ examples: ["stadt-schuljitsi"] }),
				location: oneOf(EU_LOCATIONS, "choose where the bucket is").meta({
					examples: ["fsn1"],
				}),
				key: z
					.string(key)
					.regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,200}$/, key)
					.optional()
					.meta({
						description:
							"Name of the object; absent = schuljitsi/<cloud>/<school>.tfstate.",
					}),
			})
			.optional()
			.meta({
				description:
					"With backend: s3. Its keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
			}),
	})
	.meta({ description: "Where Terraform's state is kept." });
