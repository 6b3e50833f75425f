import { createHash } from "node:crypto";
import { z } from "zod";
import { invalidInput, uniqueness } from "./api-error.ts";
import { labelsField } from "./labels.ts";
import { namedRoutes, nameField, newEntity } from "./named-objects.ts";
import type { SshKeyRecord } from "./records.ts";
import { created, gone, type Project, type Route, read } from "./routing.ts";

const creation = z.object({
	name: nameField,
	public_key: z.string(),
	labels: labelsField.optional(),
});

export function sshKeyRoutes(project: Project): Route[] {
	const { store } = project;
	return [
		...namedRoutes(project, "ssh_keys", "ssh_key", (key) => key, {
			filters: { fingerprint: ({ fingerprint }: SshKeyRecord) => fingerprint },
		}),
		{
			method: "POST",
			path: "/ssh_keys",
			handle: ({ body }) => {
				const { name, public_key, labels } = read(creation, body);
				const fingerprint = fingerprintOf(public_key);
				store.assertNameIsFree("ssh_keys", name);
				if (
					store.list("ssh_keys").some((key) => key.fingerprint === fingerprint)
				) {
					throw uniqueness("fingerprint", "SSH key");
				}
				const ssh_key = store.add("ssh_keys", {
					...newEntity(project, name, labels),
					fingerprint,
					public_key,
				});
				return created({ ssh_key });
			},
		},
		{
			method: "DELETE",
			path: "/ssh_keys/:id",
			handle: ({ params }) => {
				store.remove("ssh_keys", store.get("ssh_keys", params.id ?? "").id);
				return gone;
			},
		},
	];
}

/** MD5 over the key's binary part, in colons (RFC 4716, section 4). */
function fingerprintOf(publicKey: string): string {
	const [type = "", base64 = ""] = publicKey.trim().split(/\s+/);
	const blob = Buffer.from(base64, "base64");
	const named = blob.subarray(
		4,
		4 + (blob.length > 4 ? blob.readUInt32BE(0) : 0),
	);
	if (type === "" || named.toString("latin1") !== type) {
		throw invalidInput("invalid input in field 'public_key'", {
			public_key: ["public_key is not a valid SSH key"],
		});
	}
	const digest = createHash("md5").update(blob).digest("hex");
	return (digest.match(/../g) ?? []).join(":");
}
