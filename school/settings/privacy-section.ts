import { z } from "zod";
import { wholeNumber } from "./setting.ts";

export const privacySection = z
	.strictObject({
		logRetentionDays: wholeNumber("days that logs are kept", 1, 30)
			.default(7)
			.meta({
				description:
					"How many days the server keeps its logs, which hold no client's address.",
			}),
	})
	.meta({ description: "How long what is kept." });
