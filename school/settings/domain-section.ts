import { z } from "zod";
import { hostName, oneOf, yesOrNo } from "./setting.ts";

export const domainSection = z
	.strictObject({
		name: hostName.meta({
			description:
				"The address of the meetings. A second name, turn.<name>, goes with it.",
			examples: ["meet.musterschule.example"],
		}),
		dns: oneOf(
			["hetzner", "manual"],
			"hetzner writes the records, manual prints them",
		)
			.default("manual")
			.meta({
				description:
					"hetzner: the records are written into a zone of the cloud project. manual: they are printed, for you to enter, and awaited.",
			}),
		zone: hostName.optional().meta({
			description:
				"With dns: hetzner, the zone; absent = the name without its first part.",
			examples: ["musterschule.example"],
		}),
		createZone: yesOrNo().optional().meta({
			description:
				"With dns: hetzner: true makes the zone, false (the default) writes into one that the project holds already.",
		}),
	})
	.meta({
		description: "The name of the service and where its DNS records are kept.",
	});
