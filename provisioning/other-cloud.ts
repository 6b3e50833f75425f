import { readFile } from "node:fs/promises";
import { VisibleError } from "../visible-error.ts";
import type { CloudName } from "./cloud.ts";
import { Instance } from "./instance.ts";
import { stateResources } from "./terraform-state.ts";

const NAMES: Record<CloudName, string> = {
	hetzner: "the real Hetzner Cloud",
	rehearsal: "the embedded cloud",
};

/**
 * Refuses a command whose cloud is probably not the one that was meant: the school stands in the
 * other cloud and not in this one.
 *
 * @param command - `deploy` and `plan` are refused only on the embedded cloud, for a school must be
 * able to go from the rehearsal to the real one
 * @throws VisibleError that says what to set
 */
export async function refuseOtherCloud(
	root: string,
	cloud: CloudName,
	schoolIds: readonly string[],
	command: "deploy" | "plan" | "destroy",
): Promise<void> {
	if (cloud === "hetzner" && command !== "destroy") return;
	const other: CloudName = cloud === "hetzner" ? "rehearsal" : "hetzner";
	const problems: string[] = [];
	for (const id of schoolIds) {
		if (await stands(new Instance(root, cloud, id))) continue;
		if (!(await stands(new Instance(root, other, id)))) continue;
		problems.push(
			`${id} stands in ${NAMES[other]}, and this ${command} would work on ${NAMES[cloud]}. Nothing was changed. ` +
				(other === "hetzner"
					? `Set HCLOUD_TOKEN to work on it${command === "destroy" ? "" : "; to try something out on this computer, use npx schuljitsi rehearse"}.`
					: "Unset HCLOUD_TOKEN to work on it."),
		);
	}
	if (problems.length > 0) throw new VisibleError(problems.join("\n"));
}

/** Whether an instance has anything in it: resources in its state, or kept outputs. */
async function stands(instance: Instance): Promise<boolean> {
	if (await instance.readOutputs()) return true;
	const text = await readFile(instance.stateFile, "utf8").catch(() => "");
	// A state that cannot be read here is taken for one that holds something.
	return (stateResources(text)?.length ?? 1) > 0;
}
