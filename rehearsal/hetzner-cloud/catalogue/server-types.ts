import type { Faults } from "../faults.ts";
import { LOCATIONS } from "./locations.ts";
import { amount } from "./money.ts";

/**
 * Server types with their net monthly prices in EUR, as of September 2026 (second-hand; some of the
 * larger ones extrapolated). They are sold in the EU only here: elsewhere is nothing for a school.
 */
const TYPES = [
	type(114, "cx23", 2, 4, 40, 5.49),
	type(115, "cx33", 4, 8, 80, 8.49),
	type(116, "cx43", 8, 16, 160, 15.99),
	type(117, "cx53", 16, 32, 320, 29.49),
	type(45, "cax11", 2, 4, 40, 5.99, "shared", "arm"),
	type(93, "cax21", 4, 8, 80, 10.49, "shared", "arm"),
	type(94, "cax31", 8, 16, 160, 19.99, "shared", "arm"),
	type(95, "cax41", 16, 32, 320, 38.99, "shared", "arm"),
	type(109, "cpx22", 2, 4, 80, 19.49),
	type(110, "cpx32", 4, 8, 160, 35.49),
	type(111, "cpx42", 8, 16, 320, 69.49),
	type(112, "cpx52", 12, 24, 480, 99.99),
	type(113, "cpx62", 16, 32, 640, 134.99),
	type(96, "ccx13", 2, 8, 80, 42.99, "dedicated"),
	type(97, "ccx23", 4, 16, 160, 85.99, "dedicated"),
	type(98, "ccx33", 8, 32, 240, 138.49, "dedicated"),
	type(99, "ccx43", 16, 64, 360, 275.99, "dedicated"),
	type(100, "ccx53", 32, 128, 600, 549.99, "dedicated"),
	type(101, "ccx63", 48, 192, 960, 824.99, "dedicated"),
];

export type CatalogueType = (typeof TYPES)[number];

const EU = LOCATIONS.filter(
	({ network_zone }) => network_zone === "eu-central",
);
const HOURS_A_MONTH = 672;
export const INCLUDED_TRAFFIC = 20 * 1024 ** 4;

function type(
	id: number,
	name: string,
	cores: number,
	memory: number,
	disk: number,
	monthly: number,
	cpu_type: "shared" | "dedicated" = "shared",
	architecture: "x86" | "arm" = "x86",
) {
	return { id, name, cores, memory, disk, monthly, cpu_type, architecture };
}

export function findServerType(
	nameOrId: string | number,
): CatalogueType | undefined {
	return TYPES.find(
		({ id, name }) => name === nameOrId || String(id) === String(nameOrId),
	);
}

/** Every server type as the API tells it, with the stock that the faults leave. */
export function serverTypeViews(faults: Faults) {
	return TYPES.map((item) => serverTypeView(item, faults));
}

export function serverTypeView(
	{ monthly, ...item }: CatalogueType,
	faults: Faults,
) {
	return {
		...item,
		description: item.name.toUpperCase(),
		category: item.cpu_type === "shared" ? "Shared vCPU" : "Dedicated vCPU",
		storage_type: "local",
		deprecated: false,
		deprecation: null,
		prices: serverPrices(monthly),
		locations: EU.map(({ id, name }) => ({
			id,
			name,
			deprecation: null,
			recommended: true,
			available: !faults.isSoldOut(item.name, name, true),
		})),
	};
}

function serverPrices(monthly: number) {
	return EU.map(({ name }) => ({
		location: name,
		price_hourly: amount(monthly / HOURS_A_MONTH),
		price_monthly: amount(monthly),
		included_traffic: INCLUDED_TRAFFIC,
		price_per_tb_traffic: amount(1),
	}));
}

/** The part of `GET /pricing` about server types. */
export function serverTypePricing() {
	return TYPES.map(({ id, name, monthly }) => ({
		id,
		name,
		prices: serverPrices(monthly),
	}));
}
