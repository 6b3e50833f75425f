import { LOCATIONS } from "./locations.ts";
import { amount, VAT_PER_CENT } from "./money.ts";
import { serverTypePricing } from "./server-types.ts";

/** `GET /pricing`: prices of September 2026, second-hand. */
export function pricing(): object {
	const everywhere = (monthly: number) =>
		LOCATIONS.map(({ name }) => ({
			location: name,
			price_hourly: amount(monthly / 672),
			price_monthly: amount(monthly),
		}));
	return {
		pricing: {
			currency: "EUR",
			vat_rate: VAT_PER_CENT.toFixed(6),
			primary_ips: [
				{ type: "ipv4", prices: everywhere(0.5) },
				{ type: "ipv6", prices: everywhere(0) },
			],
			floating_ips: [
				{ type: "ipv4", prices: everywhere(3) },
				{ type: "ipv6", prices: everywhere(1) },
			],
			floating_ip: { price_monthly: amount(3) },
			image: { price_per_gb_month: amount(0.011) },
			volume: { price_per_gb_month: amount(0.044) },
			server_backup: { percentage: "20.0000000000" },
			server_types: serverTypePricing(),
			load_balancer_types: [],
		},
	};
}
