import type { Resolver } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { DnsRecordSet } from "../stacks/dns-plan.ts";

/** The lines to copy into another provider's DNS, as in a zone file. */
export function zoneFileLines(records: readonly DnsRecordSet[]): string[] {
	return records.flatMap(({ name, type, values }) =>
		values.map((value) => `${name}.  300  IN  ${type}  ${value}`),
	);
}

/**
 * The record sets that DNS does not answer, or answers otherwise. Every value that is expected must
 * be there; an address that is not expected is wrong as well, for it would lead half the callers
 * astray.
 *
 * @param resolver - asks the DNS; it gives up by its own time limit
 */
export async function missingRecords(
	records: readonly DnsRecordSet[],
	resolver: Resolver,
): Promise<DnsRecordSet[]> {
	const found = await Promise.all(
		records.map((record) => lookUp(record, resolver)),
	);
	return records.filter((record, index) => {
		const expected = [...record.values].sort();
		const actual = [...(found[index] ?? [])].sort();
		return expected.join("\n") !== actual.join("\n");
	});
}

async function lookUp(
	{ name, type }: DnsRecordSet,
	resolver: Resolver,
): Promise<string[]> {
	try {
		if (type === "A") return await resolver.resolve4(name);
		if (type === "AAAA")
			return (await resolver.resolve6(name)).map(canonicalIpv6);
		return (await resolver.resolveCaa(name)).flatMap(
			({ critical, issue, issuewild, iodef }) =>
				Object.entries({ issue, issuewild, iodef })
					.filter(([, value]) => value !== undefined)
					.map(([tag, value]) => `${critical} ${tag} "${value}"`),
		);
	} catch {
		return [];
	}
}

/** One spelling for an IPv6 address (RFC 5952), as a URL's host is normalised. */
function canonicalIpv6(address: string): string {
	return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

export interface DnsWait {
	readonly records: readonly DnsRecordSet[];
	readonly resolver: Resolver;
	/** Milliseconds after which it stops waiting. */
	readonly patience: number;
	/** Milliseconds between two looks. */
	readonly interval: number;
	readonly report: (sentence: string) => void;
}

/**
 * Waits until every record is answered as it should be.
 *
 * @returns what is still missing when patience ends; empty = all there
 */
export async function waitForRecords(wait: DnsWait): Promise<DnsRecordSet[]> {
	const end = Date.now() + wait.patience;
	let before = -1;
	for (;;) {
		const missing = await missingRecords(wait.records, wait.resolver);
		if (missing.length === 0 || Date.now() >= end) return missing;
		if (missing.length !== before) {
			wait.report(
				`Waiting for DNS: ${wait.records.length - missing.length} of ${wait.records.length} record sets are there; missing ${missing.map(({ name, type }) => `${name} ${type}`).join(", ")}.`,
			);
		}
		before = missing.length;
		await sleep(wait.interval);
	}
}
