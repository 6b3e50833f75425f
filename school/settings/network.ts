import { isIPv4, isIPv6 } from "node:net";
import { z } from "zod";

/** An IPv4 or IPv6 network in CIDR notation (RFC 4632, RFC 4291) whose host bits are zero. */
export const network = z
	.string({
		error: () =>
			"expected a network such as 198.51.100.0/24 or 2001:db8:1::/48; write it in quotes if need be",
	})
	.superRefine((value, context) => {
		const message = networkFault(value);
		if (message) context.addIssue({ code: "custom", message });
	});

/** What is wrong with a network, as "expected …; …"; undefined if nothing is. */
function networkFault(value: string): string | undefined {
	const [address = "", length, ...more] = value.split("/");
	const family = isIPv4(address)
		? 32
		: isIPv6(address) && !address.includes("%")
			? 128
			: 0;
	if (family === 0 || more.length > 0) {
		return "expected a network such as 198.51.100.0/24 or 2001:db8:1::/48; correct it";
	}
	if (length === undefined) {
		return `expected a network with its length; write ${address}/${family} for this one address`;
	}
	if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > family) {
		return `expected a length from 1 to ${family} after the slash; correct it`;
	}
	if (length === "0") {
		return "expected networks you know, and this is the whole world; write sshFrom: any with a reason if that is meant";
	}
	const base = networkBase(address, Number(length), family);
	return base === canonical(address, family)
		? undefined
		: `expected the network's first address; write ${base}/${length}`;
}

function canonical(address: string, family: number): string {
	return family === 32
		? address
		: new URL(`http://[${address}]`).hostname.slice(1, -1);
}

/** The first address of the network that an address is in. */
function networkBase(address: string, length: number, family: number): string {
	const bits = family === 32 ? ipv4Bits(address) : ipv6Bits(address);
	const host = BigInt(family - length);
	const base = (bits >> host) << host;
	if (family === 32) {
		return [24n, 16n, 8n, 0n]
			.map((shift) => String((base >> shift) & 255n))
			.join(".");
	}
	const groups = Array.from({ length: 8 }, (_, index) =>
		((base >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
	);
	return canonical(groups.join(":"), family);
}

function ipv4Bits(address: string): bigint {
	return address
		.split(".")
		.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function ipv6Bits(address: string): bigint {
	const [head = "", tail] = canonical(address, 128).split("::");
	const left = head ? head.split(":") : [];
	const right = tail ? tail.split(":") : [];
	const middle =
		tail === undefined ? [] : Array(8 - left.length - right.length).fill("0");
	return [...left, ...middle, ...right].reduce(
		(sum, group) => (sum << 16n) | BigInt(`0x${group}`),
		0n,
	);
}
