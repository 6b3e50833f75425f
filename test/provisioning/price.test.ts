import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pricing } from "../../provisioning/catalogue.ts";
import { monthlyPrice, priceSentence } from "../../provisioning/price.ts";
import { PLACEMENT } from "../synth-school.ts";

const amount = (net: number) => ({
	net: net.toFixed(4),
	gross: (net * 1.19).toFixed(4),
});
const pricing: Pricing = {
	currency: "EUR",
	vat_rate: "19.00",
	server_types: [
		{
			name: "cpx32",
			prices: [{ location: "nbg1", price_monthly: amount(30) }],
		},
	],
	primary_ips: [
		{
			type: "ipv4",
			prices: [{ location: "nbg1", price_monthly: amount(0.5) }],
		},
	],
	server_backup: { percentage: "20.0" },
};

test("a month's price is server, backups, bridges and addresses", () => {
	const price = monthlyPrice(PLACEMENT, { backups: true, bridges: 2 }, pricing);
	assert.deepEqual(
		price?.lines.map(({ text, net }) => [text, net]),
		[
			["server cpx32 in nbg1", 30],
			["its backups", 6],
			["2 bridge servers cpx32", 60],
			["3 IPv4 addresses", 1.5],
		],
	);
	assert.equal(price?.net, 97.5);
	assert.equal(price?.gross.toFixed(4), (97.5 * 1.19).toFixed(4));
});

test("one sentence tells the sum and its parts", () => {
	const price = monthlyPrice(
		PLACEMENT,
		{ backups: false, bridges: 0 },
		pricing,
	);
	assert.ok(price);
	assert.equal(
		priceSentence(price),
		"30.50 EUR a month net, 36.30 with tax (server cpx32 in nbg1 30.00, IPv4 address 0.50)",
	);
});

test("a price that the cloud does not name is not guessed", () => {
	const elsewhere = { ...PLACEMENT, location: "hel1" };
	assert.equal(
		monthlyPrice(elsewhere, { backups: true, bridges: 0 }, pricing),
		undefined,
	);
});
