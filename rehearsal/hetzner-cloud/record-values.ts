import { isIPv4, isIPv6 } from "node:net";

const HOST = /^(@|(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\.?)+)$/;

/** Whether a record's value is right for its type, as far as the API looks (RFC 1035, 8659, …). */
export function isRecordValue(type: string, value: string): boolean {
	switch (type) {
		case "A":
			return isIPv4(value);
		case "AAAA":
			return isIPv6(value);
		case "CNAME":
		case "NS":
		case "PTR":
			return HOST.test(value);
		case "MX":
			return /^\d{1,5} \S+$/.test(value);
		case "SRV":
			return /^\d{1,5} \d{1,5} \d{1,5} \S+$/.test(value);
		case "CAA":
			return /^(0|128) (issue|issuewild|iodef|issuemail|contactemail) "[^"]*"$/.test(
				value,
			);
		case "TXT":
			return /^("([^"\\]|\\.){0,255}"( |$))+$/.test(value);
		case "SOA":
			return value.split(/\s+/).length === 7;
		default:
			return value !== "" && !/[\r\n]/.test(value);
	}
}

export const RECORD_TYPES = [
	"A",
	"AAAA",
	"CAA",
	"CNAME",
	"DS",
	"HINFO",
	"HTTPS",
	"MX",
	"NS",
	"PTR",
	"RP",
	"SOA",
	"SRV",
	"SVCB",
	"TLSA",
	"TXT",
] as const;
