import type { SchoolOutputs } from "../stacks/outputs.ts";
import type { CdkPlace } from "./cdk.ts";
import { runTerraform } from "./terraform-cli.ts";

/** What Terraform knows a deployed school by. */
export async function readOutputs(
	place: CdkPlace,
	schoolId: string,
): Promise<SchoolOutputs> {
	const text = await runTerraform(place, schoolId, ["output", "-json"]);
	const outputs = JSON.parse(text) as Record<string, { value: unknown }>;
	return Object.fromEntries(
		Object.entries(outputs).map(([name, { value }]) => [name, value]),
	) as unknown as SchoolOutputs;
}
