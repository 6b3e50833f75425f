import { createHash } from "node:crypto";
import { Construct } from "constructs";
import { SshKey } from "./hcloud/ssh-key/index.ts";
import { labels } from "./labels.ts";

export interface AdministratorKeysProps {
	readonly schoolId: string;
	/** Public keys in OpenSSH's one-line format, without comments. */
	readonly publicKeys: readonly string[];
	/** Ids of keys that the project already holds outside this school, by MD5 fingerprint. */
	readonly sharedKeys: Readonly<Record<string, number>>;
}

/**
 * The administrators' public SSH keys, as the cloud knows them. It needs them at the creation of a
 * server only (without one it would set a root password and mail it); afterwards the keys on the
 * server are the business of the bootstrap.
 */
export class AdministratorKeys extends Construct {
	/** Ids for `hcloud_server.ssh_keys`, in the order of the settings. */
	readonly ids: string[];

	constructor(scope: Construct, id: string, props: AdministratorKeysProps) {
		super(scope, id);
		this.ids = props.publicKeys.map((publicKey) => {
			const fingerprint = keyFingerprint(publicKey);
			const shared = props.sharedKeys[fingerprint];
			if (shared !== undefined) return String(shared);
			const short = fingerprint.replaceAll(":", "").slice(0, 8);
			return new SshKey(this, short, {
				name: `${props.schoolId}-${short}`,
				publicKey,
				labels: labels(props.schoolId),
			}).id;
		});
	}
}

/**
 * The MD5 fingerprint by which the cloud's API tells keys apart, as sixteen colon-separated bytes
 * (RFC 4716, section 4).
 */
export function keyFingerprint(publicKey: string): string {
	const blob = Buffer.from(publicKey.trim().split(/\s+/)[1] ?? "", "base64");
	const digest = createHash("md5").update(blob).digest("hex");
	return (digest.match(/../g) ?? []).join(":");
}

/** A public key's type and value, without the comment behind them. */
export function withoutComment(publicKey: string): string {
	return publicKey.trim().split(/\s+/).slice(0, 2).join(" ");
}
