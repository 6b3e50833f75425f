import { stringify } from "yaml";
import { parseSchool, type School } from "../school/parse-school.ts";
import { problemLine } from "../school/problem.ts";

/** Two public keys whose private parts nobody has. */
export const KEYS = [
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPij35SU+Otwzu3fhgK/B+DmiQFN497ep8Dvg2Zskcs7 it@musterschule.example",
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOskA9jjpfMUoa2LUSqvGKBfJwrRGICcGgZ6KCbxYbmD it@dorfschule.example",
] as const;

/**
 * A valid school's file.
 *
 * @param changes - settings that replace or join the usual ones, by their path, e.g. `{"bridges.count": 3}`;
 * undefined removes one
 */
export function schoolYaml(
	id: string,
	changes: Record<string, unknown> = {},
): string {
	const settings: Record<string, unknown> = {
		school: {
			name: `Schule ${id}`,
			operator: { name: "Stadt Musterstadt", email: "amt@musterstadt.example" },
		},
		domain: { name: `meet.${id}.example`, dns: "hetzner", createZone: true },
		administration: { sshKeys: [KEYS[0]], sshFrom: ["198.51.100.0/24"] },
	};
	for (const [path, value] of Object.entries(changes)) {
		const keys = path.split(".");
		const last = keys.pop() as string;
		let node = settings;
		for (const key of keys) {
			node[key] ??= {};
			node = node[key] as Record<string, unknown>;
		}
		if (value === undefined) delete node[last];
		else node[last] = value;
	}
	return stringify(settings, { lineWidth: 0 });
}

/** The school of such a file. */
export function school(
	id: string,
	changes: Record<string, unknown> = {},
): School {
	const parsed = parseSchool(
		Buffer.from(schoolYaml(id, changes)),
		`schools/${id}.yaml`,
	);
	if (!parsed.school)
		throw new Error(parsed.problems.map(problemLine).join("\n"));
	return parsed.school;
}
