/** A set of DNS records with one name and type (an RRset, RFC 2181 section 5). */
export interface DnsRecordSet {
	/** Fully qualified name without the closing dot. */
	readonly name: string;
	readonly type: "A" | "AAAA" | "CAA";
	/** Values as they stand in a zone file. */
	readonly values: string[];
}

/** Seconds; short enough to move a school within five minutes. */
export const RECORD_TTL = 300;

/** The name under which the edge hands TLS connections on to coturn. */
export function turnName(meetingName: string): string {
	return `turn.${meetingName}`;
}

/**
 * Every DNS record a school needs: both names on both address families, and CAA (RFC 8659) so that
 * no other authority may issue a certificate, and none a wildcard, for either name.
 *
 * @param meetingName - the meeting's name
 * @param addresses - the server's public addresses; a family that is absent gets no record
 * @param caaIssuer - the chosen authority's CAA identity, e.g. `letsencrypt.org`
 */
export function dnsPlan(
	meetingName: string,
	addresses: { ipv4?: string | undefined; ipv6?: string | undefined },
	caaIssuer: string,
): DnsRecordSet[] {
	return [meetingName, turnName(meetingName)].flatMap(
		(name): DnsRecordSet[] => [
			...(addresses.ipv4
				? [{ name, type: "A" as const, values: [addresses.ipv4] }]
				: []),
			...(addresses.ipv6
				? [{ name, type: "AAAA" as const, values: [addresses.ipv6] }]
				: []),
			{
				name,
				type: "CAA",
				values: [`0 issue "${caaIssuer}"`, '0 issuewild ";"'],
			},
		],
	);
}
