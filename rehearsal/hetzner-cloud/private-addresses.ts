import { ApiError } from "./api-error.ts";
import { contains, type Ipv4Range, ipv4Range, ipv4Text } from "./ipv4-range.ts";
import type { NetworkRecord } from "./records.ts";
import type { Project } from "./routing.ts";

/** Ids of the servers in a network. */
export function attachedTo({ store }: Project, networkId: number): number[] {
	return store
		.list("servers")
		.filter(({ private_net }) =>
			private_net.some(({ network }) => network === networkId),
		)
		.map(({ id }) => id);
}

/**
 * A free address in a network for a server.
 *
 * @param wanted - the address that is asked for, if one is
 * @param ipRange - the subnet that is asked for, if one is
 * @throws ApiError if there is none, or the wanted one is taken or outside
 */
export function privateAddress(
	{ store }: Project,
	network: NetworkRecord,
	networkZone: string,
	wanted?: string,
	ipRange?: string,
): string {
	const subnets = network.subnets.filter(
		(item) =>
			item.network_zone === networkZone &&
			(ipRange === undefined || item.ip_range === ipRange),
	);
	if (subnets.length === 0) {
		throw new ApiError(
			422,
			"no_subnet_available",
			"no subnet is available for the server",
		);
	}
	const taken = new Set(
		store
			.list("servers")
			.flatMap(({ private_net }) => private_net)
			.filter((item) => item.network === network.id)
			.flatMap(({ ip, alias_ips }) => [ip, ...alias_ips]),
	);
	const gateway = ipv4Text((ipv4Range(network.ip_range) as Ipv4Range).base + 1);
	taken.add(gateway);
	if (wanted !== undefined) {
		const single = ipv4Range(`${wanted}/32`);
		const inside =
			single &&
			subnets.some((item) =>
				contains(ipv4Range(item.ip_range) as Ipv4Range, single),
			);
		if (!inside || taken.has(wanted)) {
			throw new ApiError(
				422,
				"ip_not_available",
				"the provided IP is not available",
			);
		}
		return wanted;
	}
	for (const item of subnets) {
		const { base, length } = ipv4Range(item.ip_range) as Ipv4Range;
		for (
			let address = base + 1;
			address < base + 2 ** (32 - length) - 1;
			address++
		) {
			if (!taken.has(ipv4Text(address))) return ipv4Text(address);
		}
	}
	throw new ApiError(
		422,
		"no_subnet_available",
		"no address is left in the subnets",
	);
}
