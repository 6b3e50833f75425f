import { z } from "zod";

/** Smallest RSA key accepted, in bits (BSI TR-02102-1: 3000 and more). */
const RSA_MINIMUM_BITS = 3072;

const MODERN = new Set([
	"ssh-ed25519",
	"ecdsa-sha2-nistp256",
	"ecdsa-sha2-nistp384",
	"ecdsa-sha2-nistp521",
	"sk-ssh-ed25519@openssh.com",
	"sk-ecdsa-sha2-nistp256@openssh.com",
]);

/**
 * A public key in OpenSSH's one-line format, whose binary part is read (RFC 4253, section 6.6):
 * a line that was cut when it was pasted locks the administrator out.
 */
export const sshPublicKey = z
	.string({
		error: () =>
			"expected a public SSH key in one line; take that of ~/.ssh/id_ed25519.pub",
	})
	.superRefine((value, context) => {
		const message = keyFault(value);
		if (message) context.addIssue({ code: "custom", message });
	});

function keyFault(value: string): string | undefined {
	if (/PRIVATE KEY/.test(value)) {
		return "expected a public key, and this is a PRIVATE one; remove it at once, make a new pair, and put in the line of the .pub file";
	}
	const match = /^(\S+) ([A-Za-z0-9+/]+={0,2})(?: ([^\p{Cc}]*))?$/u.exec(value);
	if (!match) {
		return "expected a public SSH key in one line (type, key, name); take that of ~/.ssh/id_ed25519.pub";
	}
	const [, type = "", base64 = ""] = match;
	if (type !== "ssh-rsa" && !MODERN.has(type)) {
		return `expected an ed25519, ECDSA or RSA key; make one with ssh-keygen -t ed25519`;
	}
	const parts = wireStrings(Buffer.from(base64, "base64"));
	if (!parts || parts[0]?.toString("latin1") !== type || parts.length < 2) {
		return "expected a whole key, and this one is damaged or cut; copy the line of the .pub file again";
	}
	if (type === "ssh-ed25519" && parts[1]?.length !== 32) {
		return "expected an ed25519 key of 32 bytes; copy the line of the .pub file again";
	}
	if (type === "ssh-rsa" && rsaBits(parts[2]) < RSA_MINIMUM_BITS) {
		return `expected an RSA key of at least ${RSA_MINIMUM_BITS} bits; make a new one with ssh-keygen -t ed25519`;
	}
	return undefined;
}

/** The length-prefixed strings of a key (RFC 4251, section 5); undefined if they do not fit exactly. */
function wireStrings(blob: Buffer): Buffer[] | undefined {
	const parts: Buffer[] = [];
	for (let offset = 0; offset < blob.length; ) {
		if (offset + 4 > blob.length) return undefined;
		const end = offset + 4 + blob.readUInt32BE(offset);
		if (end > blob.length) return undefined;
		parts.push(blob.subarray(offset + 4, end));
		offset = end;
	}
	return parts;
}

function rsaBits(modulus: Buffer | undefined): number {
	if (!modulus) return 0;
	const hex = modulus.toString("hex").replace(/^(00)+/, "");
	return hex === "" ? 0 : BigInt(`0x${hex}`).toString(2).length;
}
