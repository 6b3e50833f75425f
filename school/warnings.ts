import type { School } from "./parse-school.ts";
import type { Problem } from "./problem.ts";
import { SERVER_TYPES } from "./server-types.ts";
import { MINIMUM_MEMORY_GB, sizeServer } from "./sizing.ts";

/** What is no mistake but will be missed, or will hurt, later. */
export function settingWarnings({ file, settings }: School): Problem[] {
	const { school, server, bridges, meetings } = settings;
	const warn = (setting: string, message: string): Problem => ({
		file,
		line: 1,
		column: 1,
		setting,
		message,
	});
	const warnings: Problem[] = [];
	if (!school.dataProtectionOfficer) {
		warnings.push(
			warn(
				"school.dataProtectionOfficer",
				"found nothing, expected the data-protection officer; the documents need them",
			),
		);
	}
	if (school.country === "DE" && !school.land) {
		warnings.push(
			warn(
				"school.land",
				"found nothing, expected the Land; its school law shapes the documents",
			),
		);
	}
	for (const name of server.types ?? []) {
		const known = SERVER_TYPES.find((type) => type.name === name);
		if (known && known.memoryGb < MINIMUM_MEMORY_GB) {
			warnings.push(
				warn(
					"server.types",
					`found ${name} with ${known.memoryGb} GB, expected at least ${MINIMUM_MEMORY_GB} GB; Jitsi does not run well on less`,
				),
			);
		}
	}
	const { suggestedBridges } = sizeServer({
		participants: server.participants,
		rooms: server.rooms,
		maxVideoHeight: meetings.maxVideoHeight,
	});
	if (!server.address && bridges.count < suggestedBridges) {
		warnings.push(
			warn(
				"bridges.count",
				`found ${bridges.count}, expected about ${suggestedBridges} for ${server.participants} people at ${meetings.maxVideoHeight} lines; one server does not carry them`,
			),
		);
	}
	return warnings;
}
