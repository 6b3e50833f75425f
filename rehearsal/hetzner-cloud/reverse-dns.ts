import { isIPv6 } from "node:net";
import { z } from "zod";
import { invalidInput, notFound } from "./api-error.ts";
import type { PrimaryIpRecord } from "./records.ts";
import { read } from "./routing.ts";

const change = z.object({ ip: z.string(), dns_ptr: z.string().nullable() });

/**
 * Sets or, by null, resets the name that an address points to. Of an IPv6 network, every address
 * may have one.
 *
 * @throws ApiError if the address is not this one, or not in this network
 */
export function changeDnsPtr(address: PrimaryIpRecord, body: unknown): void {
	const { ip, dns_ptr } = read(change, body);
	const belongs =
		address.type === "ipv4"
			? ip === address.ip
			: isIPv6(ip) && prefixOf(ip) === prefixOf(address.ip.replace("/64", ""));
	if (!belongs) throw notFound("ip", ip);
	if (
		dns_ptr !== null &&
		!/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(dns_ptr)
	) {
		throw invalidInput("invalid input in field 'dns_ptr'", {
			dns_ptr: ["is not a valid hostname"],
		});
	}
	const others = address.dns_ptr.filter((pointer) => pointer.ip !== ip);
	const own =
		dns_ptr ?? (address.type === "ipv4" ? defaultPointer(ip) : undefined);
	address.dns_ptr =
		own === undefined ? others : [...others, { ip, dns_ptr: own }];
}

/** The name that an address points to until somebody sets another. */
export function defaultPointer(ip: string): string {
	return `static.${ip.split(".").reverse().join(".")}.clients.your-server.de`;
}

/** The first four groups of an IPv6 address. */
function prefixOf(address: string): string {
	const [head = "", tail] = new URL(`http://[${address}]`).hostname
		.slice(1, -1)
		.split("::");
	const left = head === "" ? [] : head.split(":");
	const right = tail ? tail.split(":") : [];
	const zeros =
		tail === undefined ? [] : Array(8 - left.length - right.length).fill("0");
	return [...left, ...zeros, ...right].slice(0, 4).join(":");
}
