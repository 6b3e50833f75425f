import type { HetznerClient } from "./hetzner-client.ts";

/** A server type as `GET /server_types` tells it, the parts used here. */
export interface ServerType {
	readonly name: string;
	readonly cores: number;
	/** GB */
	readonly memory: number;
	readonly architecture: "x86" | "arm";
	readonly locations: readonly {
		readonly name: string;
		/** False while sold out there. */
		readonly available: boolean;
		readonly deprecation: { readonly unavailable_after: string } | null;
	}[];
}

interface Amount {
	readonly net: string;
	readonly gross: string;
}

/** The parts of `GET /pricing` used here; amounts are decimal texts without currency. */
export interface Pricing {
	readonly currency: string;
	readonly vat_rate: string;
	readonly server_types: readonly {
		readonly name: string;
		readonly prices: readonly {
			readonly location: string;
			readonly price_monthly: Amount;
		}[];
	}[];
	readonly primary_ips: readonly {
		readonly type: string;
		readonly prices: readonly {
			readonly location: string;
			readonly price_monthly: Amount;
		}[];
	}[];
	readonly server_backup: { readonly percentage: string };
}

/** What can be bought now, and for how much. */
export interface Catalogue {
	readonly serverTypes: readonly ServerType[];
	readonly pricing: Pricing;
}

export async function readCatalogue(client: HetznerClient): Promise<Catalogue> {
	const [serverTypes, { pricing }] = await Promise.all([
		client.list<ServerType>("/server_types", "server_types"),
		client.request<{ pricing: Pricing }>("GET", "/pricing"),
	]);
	return { serverTypes, pricing };
}
