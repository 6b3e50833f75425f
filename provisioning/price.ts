import type { Placement } from "../stacks/placement.ts";
import type { Pricing } from "./catalogue.ts";

/** One line of a month's bill. */
export interface PriceLine {
	readonly text: string;
	/** Per month, in the pricing's currency. */
	readonly net: number;
	readonly gross: number;
}

export interface MonthlyPrice {
	readonly lines: readonly PriceLine[];
	readonly net: number;
	readonly gross: number;
	readonly currency: string;
}

/**
 * What a school's machines cost a month at the cloud's present prices: servers, their IPv4
 * addresses and backups. Traffic beyond the included volume is not part of it.
 *
 * @returns undefined if the cloud names no price for one of the parts
 */
export function monthlyPrice(
	placement: Placement,
	options: { backups: boolean; bridges: number },
	pricing: Pricing,
): MonthlyPrice | undefined {
	const { location } = placement;
	const server = priceAt(
		pricing.server_types.find(({ name }) => name === placement.serverType),
		location,
	);
	const bridge = priceAt(
		pricing.server_types.find(({ name }) => name === placement.bridgeType),
		location,
	);
	const address = priceAt(
		pricing.primary_ips.find(({ type }) => type === "ipv4"),
		location,
	);
	if (!server || !address || (options.bridges > 0 && !bridge)) return undefined;

	const backup = Number(pricing.server_backup.percentage) / 100;
	const lines: PriceLine[] = [
		{ text: `server ${placement.serverType} in ${location}`, ...server },
		...(options.backups
			? [
					{
						text: "its backups",
						net: server.net * backup,
						gross: server.gross * backup,
					},
				]
			: []),
		...(bridge && options.bridges > 0
			? [
					{
						text: `${options.bridges} bridge server${options.bridges > 1 ? "s" : ""} ${placement.bridgeType}`,
						net: bridge.net * options.bridges,
						gross: bridge.gross * options.bridges,
					},
				]
			: []),
		{
			text:
				options.bridges > 0
					? `${1 + options.bridges} IPv4 addresses`
					: "IPv4 address",
			net: address.net * (1 + options.bridges),
			gross: address.gross * (1 + options.bridges),
		},
	];
	return {
		lines,
		net: lines.reduce((sum, { net }) => sum + net, 0),
		gross: lines.reduce((sum, { gross }) => sum + gross, 0),
		currency: pricing.currency,
	};
}

/** One sentence: the sum, with and without tax, and what it is made of. */
export function priceSentence(price: MonthlyPrice): string {
	const parts = price.lines
		.map(({ text, net }) => `${text} ${net.toFixed(2)}`)
		.join(", ");
	return `${price.net.toFixed(2)} ${price.currency} a month net, ${price.gross.toFixed(2)} with tax (${parts})`;
}

function priceAt(
	item:
		| {
				readonly prices: readonly {
					readonly location: string;
					readonly price_monthly: {
						readonly net: string;
						readonly gross: string;
					};
				}[];
		  }
		| undefined,
	location: string,
): { net: number; gross: number } | undefined {
	const price = item?.prices.find(
		(entry) => entry.location === location,
	)?.price_monthly;
	return price && { net: Number(price.net), gross: Number(price.gross) };
}
