/** An IPv4 network: first address and length. */
export interface Ipv4Range {
	readonly base: number;
	readonly length: number;
}

/** Reads `10.0.0.0/16`; undefined if it is no network, or has host bits. */
export function ipv4Range(text: string): Ipv4Range | undefined {
	const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(
		text,
	);
	if (!match) return undefined;
	const [a = 0, b = 0, c = 0, d = 0, length = 0] = match.slice(1).map(Number);
	if (Math.max(a, b, c, d) > 255 || length > 32) return undefined;
	const base = ((a * 256 + b) * 256 + c) * 256 + d;
	return base % 2 ** (32 - length) === 0 ? { base, length } : undefined;
}

export function contains(outer: Ipv4Range, inner: Ipv4Range): boolean {
	return (
		outer.length <= inner.length &&
		inner.base >= outer.base &&
		inner.base < outer.base + 2 ** (32 - outer.length)
	);
}

export function overlap(a: Ipv4Range, b: Ipv4Range): boolean {
	return contains(a, b) || contains(b, a);
}

export function ipv4Text(address: number): string {
	return [24, 16, 8, 0]
		.map((shift) => Math.floor(address / 2 ** shift) % 256)
		.join(".");
}
