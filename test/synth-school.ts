import { Testing } from "cdktn";
import type { School } from "../school/parse-school.ts";
import type { Placement } from "../stacks/placement.ts";
import { SchoolStack, type SchoolStackProps } from "../stacks/school-stack.ts";

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON is of many shapes
type Json = any;

export const PLACEMENT: Placement = {
	location: "nbg1",
	serverType: "cpx32",
	bridgeType: "cpx32",
	sharedKeys: {},
};

/** The Terraform JSON of one school. */
export function synthSchool(
	school: School,
	props: Partial<SchoolStackProps> = {},
): Json {
	const app = Testing.app({ stackTraces: false });
	const stack = new SchoolStack(app, school, {
		placement: PLACEMENT,
		cloud: "hetzner",
		stateFile: `instances/hetzner/${school.id}/terraform.tfstate`,
		pollInterval: "500ms",
		unlocked: [],
		adopt: {},
		...props,
	});
	return JSON.parse(Testing.synth(stack, true));
}

/** The resources of a type, whatever their logical names. */
export function resources(json: Json, type: string): Json[] {
	return Object.values(json.resource?.[type] ?? {});
}
