/** What a server type of Hetzner's consists of. */
export interface ServerTypeFacts {
	readonly name: string;
	readonly cores: number;
	readonly memoryGb: number;
	/** Cores of one's own, or shared with other customers. */
	readonly cpu: "shared" | "dedicated";
	readonly architecture: "x86" | "arm";
}

/**
 * Hetzner's server types in the EU, as of September 2026. For sizing only: stock and price are
 * always read from the cloud itself.
 */
export const SERVER_TYPES: readonly ServerTypeFacts[] = [
	facts("cx23", 2, 4, "shared"),
	facts("cx33", 4, 8, "shared"),
	facts("cx43", 8, 16, "shared"),
	facts("cx53", 16, 32, "shared"),
	facts("cpx22", 2, 4, "shared"),
	facts("cpx32", 4, 8, "shared"),
	facts("cpx42", 8, 16, "shared"),
	facts("cpx52", 12, 24, "shared"),
	facts("cpx62", 16, 32, "shared"),
	facts("cax11", 2, 4, "shared", "arm"),
	facts("cax21", 4, 8, "shared", "arm"),
	facts("cax31", 8, 16, "shared", "arm"),
	facts("cax41", 16, 32, "shared", "arm"),
	facts("ccx13", 2, 8, "dedicated"),
	facts("ccx23", 4, 16, "dedicated"),
	facts("ccx33", 8, 32, "dedicated"),
	facts("ccx43", 16, 64, "dedicated"),
	facts("ccx53", 32, 128, "dedicated"),
	facts("ccx63", 48, 192, "dedicated"),
];

function facts(
	name: string,
	cores: number,
	memoryGb: number,
	cpu: ServerTypeFacts["cpu"],
	architecture: ServerTypeFacts["architecture"] = "x86",
): ServerTypeFacts {
	return { name, cores, memoryGb, cpu, architecture };
}
