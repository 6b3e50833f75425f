import type { Refusal } from "./placement-choice.ts";
import type { Prepared } from "./preflight-school.ts";

/**
 * Placements that the cloud refused as sold out although its catalogue called them available.
 *
 * @param output - what Terraform printed, without colours
 */
export function refusedPlacements(
	output: string,
	wave: readonly Prepared[],
): Refusal[] {
	return wave.flatMap(
		({ school, placement: { location, serverType, bridgeType } }) => {
			const errors = errorBlocks(output).filter(
				(block) =>
					block.includes("resource_unavailable") &&
					mentions(block, school.id, wave),
			);
			return errors.map((block) => ({
				location,
				serverType: block.includes("hcloud_server.bridge-servers")
					? bridgeType
					: serverType,
			}));
		},
	);
}

/** Sentences about the cloud's error codes that a school's IT lead can act on. */
export function explainFailure(output: string): string[] {
	return Object.entries(EXPLANATIONS)
		.filter(([code]) =>
			errorBlocks(output).some((block) => block.includes(code)),
		)
		.map(([, sentence]) => sentence);
}

const EXPLANATIONS: Record<string, string> = {
	resource_limit_exceeded:
		"The account's limit is reached (resource_limit_exceeded). Hetzner shows and raises it in the console under Limits; then deploy again.",
	unauthorized:
		"The cloud refused the token in the middle of the work (unauthorized). Set a valid HCLOUD_TOKEN and deploy again: it goes on where it stopped.",
	rate_limit_exceeded:
		"The cloud asks for fewer calls (rate_limit_exceeded). Wait an hour, then deploy again: it goes on where it stopped.",
	prevent_destroy:
		"The plan would have replaced something that is locked (prevent_destroy), so nothing was changed. Undo the last change of the settings, or destroy the school on purpose.",
	"Instance cannot be destroyed":
		"The plan would have replaced something that is locked, so nothing was changed. Undo the last change of the settings, or destroy the school on purpose.",
};

/** Lines that an error of Terraform's takes at most. */
const LONGEST_ERROR = 30;

/** Terraform's errors: each begins with `Error:`, in a frame on a terminal and without one elsewhere. */
function errorBlocks(output: string): string[] {
	const lines = output.split("\n");
	const starts = lines.flatMap((line, index) =>
		/(^|\s)Error: /.test(line) ? [index] : [],
	);
	return starts.map((start, index) =>
		lines
			.slice(
				start,
				Math.min(starts[index + 1] ?? lines.length, start + LONGEST_ERROR),
			)
			.join("\n"),
	);
}

function mentions(
	block: string,
	schoolId: string,
	wave: readonly Prepared[],
): boolean {
	return wave.length === 1 || block.includes(schoolId);
}
