/** What a machine is for; the cloud's label `role`. */
export type Role = "meeting" | "bridge";

/**
 * Labels of every resource of a school, so that a person in the cloud's console and a command that
 * looks for leftovers can tell whose it is.
 */
export function labels(schoolId: string, role?: Role): Record<string, string> {
	return {
		"managed-by": "schuljitsi",
		school: schoolId,
		...(role ? { role } : {}),
	};
}
