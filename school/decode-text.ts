import { faultAt, type TextFault } from "./yaml-document.ts";

/**
 * A file's bytes as text. UTF-8 it must be, with or without a byte-order mark: another encoding
 * would turn umlauts in names into something else unseen.
 */
export function decodeText(
	bytes: Uint8Array,
): { text: string } | { fault: TextFault } {
	if (
		(bytes[0] === 0xff && bytes[1] === 0xfe) ||
		(bytes[0] === 0xfe && bytes[1] === 0xff)
	) {
		return start("found UTF-16, expected UTF-8; save the file as UTF-8");
	}
	const nul = bytes.indexOf(0);
	if (nul >= 0) {
		const text = Buffer.from(bytes.subarray(0, nul)).toString("latin1");
		return {
			fault: faultAt(
				text,
				nul,
				"found a NUL byte, expected text; this is not a text file, or it is not saved as UTF-8",
			),
		};
	}
	try {
		return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
	} catch {
		const offset = firstInvalid(bytes);
		const text = Buffer.from(bytes.subarray(0, offset)).toString("utf8");
		return {
			fault: faultAt(
				text,
				text.length,
				"found a byte that is not UTF-8 (an umlaut in an older encoding?), expected UTF-8; save the file as UTF-8",
			),
		};
	}
}

function start(message: string): { fault: TextFault } {
	return { fault: { line: 1, column: 1, message } };
}

/** Offset of the first byte that no UTF-8 sequence explains. */
function firstInvalid(bytes: Uint8Array): number {
	let valid = 0;
	let invalid = bytes.length;
	while (invalid - valid > 1) {
		const middle = (valid + invalid) >> 1;
		try {
			new TextDecoder("utf-8", { fatal: true }).decode(
				bytes.subarray(0, middle),
				{ stream: true },
			);
			valid = middle;
		} catch {
			invalid = middle;
		}
	}
	return valid;
}
