import type { Resolver } from "node:dns/promises";

/**
 * Whether a zone is delegated to the name servers that hold it; one sentence for the operator.
 *
 * @param assigned - the cloud's name servers of the zone, without closing dots
 * @param resolver - asks the DNS; it gives up by its own time limit
 */
export async function delegationSentence(
	zone: string,
	assigned: readonly string[],
	resolver: Resolver,
): Promise<string> {
	const expected = assigned.map(bare).sort();
	try {
		const found = (await resolver.resolveNs(zone)).map(bare).sort();
		return found.join() === expected.join()
			? `Delegation of ${zone}: right (${found.join(", ")}).`
			: `Delegation of ${zone}: found ${found.join(", ")}, expected ${expected.join(", ")}. Have the registrar change it, else no name of the school can be found.`;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return code === "ENOTFOUND" || code === "ENODATA"
			? `Delegation of ${zone}: none found, expected ${expected.join(", ")}. Have the registrar delegate it.`
			: `Delegation of ${zone}: not tested, no name server answered here (${code}).`;
	}
}

function bare(name: string): string {
	return name.toLowerCase().replace(/\.$/, "");
}
