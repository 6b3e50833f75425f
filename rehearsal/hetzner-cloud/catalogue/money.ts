/** Germany's value-added tax, in per cent. */
export const VAT_PER_CENT = 19;

/** An amount as the API writes it: decimal texts, net and with tax. */
export function amount(net: number): { net: string; gross: string } {
	return {
		net: net.toFixed(10),
		gross: (net * (1 + VAT_PER_CENT / 100)).toFixed(10),
	};
}
