import { type HetznerClient, HetznerError } from "./hetzner-client.ts";
import type { StateResource } from "./terraform-state.ts";

/** The API path of each kind of resource that is protected, and what its protection consists of. */
const PROTECTED: Record<string, { path: string; off: object }> = {
	hcloud_server: { path: "servers", off: { delete: false, rebuild: false } },
	hcloud_primary_ip: { path: "primary_ips", off: { delete: false } },
	hcloud_zone: { path: "zones", off: { delete: false } },
};

/**
 * Lifts the cloud's own deletion protection, which Terraform's destroy would run into (423). What
 * is gone already is left alone.
 */
export async function liftProtection(
	client: HetznerClient,
	resources: readonly Pick<StateResource, "type" | "id">[],
): Promise<void> {
	await Promise.all(
		resources.map(async ({ type, id }) => {
			const kind = PROTECTED[type];
			if (!kind) return;
			try {
				await client.act(
					`/${kind.path}/${id}/actions/change_protection`,
					kind.off,
				);
			} catch (error) {
				if (!(error instanceof HetznerError && error.code === "not_found"))
					throw error;
			}
		}),
	);
}
