import { z } from "zod";
import { expected, oneOf, wholeNumber, yesOrNo } from "./setting.ts";

/** Heights in lines that the video cap may have. */
const VIDEO_HEIGHTS = [180, 360, 720] as const;

export const meetingsSection = z
	.strictObject({
		maxVideoHeight: z
			.literal(
				VIDEO_HEIGHTS,
				expected("180, 360 or 720", "write the number of lines"),
			)
			.default(360)
			.meta({
				description:
					"Largest picture that is sent, in lines: 180, 360 or 720. 360 suits classes, old laptops and weak lines.",
			}),
		lobby: yesOrNo()
			.default(true)
			.meta({ description: "Guests wait until a teacher lets them in." }),
		e2ee: oneOf(
			["off", "offered", "from-start"],
			"offered leaves it to the people in the meeting",
		)
			.default("offered")
			.meta({
				description:
					"End-to-end encryption: off, offered, or on from the start. It suits small meetings in Chromium browsers; apps cannot take part.",
			}),
		startMuted: yesOrNo().default(true).meta({
			description: "Guests' microphones are closed when they come in.",
		}),
		maxParticipants: wholeNumber("people in one meeting", 2, 200)
			.default(40)
			.meta({ description: "How many people one meeting takes." }),
	})
	.meta({ description: "What holds in every meeting." });
