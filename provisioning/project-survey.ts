import type { HetznerClient } from "./hetzner-client.ts";

/** One object of the cloud project, whoever made it. */
export interface ProjectObject {
	/** Terraform's type of it, e.g. `hcloud_primary_ip`. */
	readonly type: string;
	readonly id: string;
	readonly name: string;
	readonly labels: Readonly<Record<string, string>>;
	/** MD5 fingerprint; SSH keys only. */
	readonly fingerprint?: string;
	/** Servers only. */
	readonly serverType?: string;
	/** Servers and addresses only. */
	readonly location?: string;
	/** Name servers that the cloud assigned; zones only. */
	readonly nameServers?: readonly string[];
	/** Ranges of the subnets; networks only. */
	readonly subnets?: readonly string[];
}

interface ApiObject {
	readonly id: number;
	readonly name: string;
	readonly labels: Record<string, string>;
	readonly fingerprint?: string;
	readonly server_type?: { readonly name: string };
	readonly location?: { readonly name: string };
	readonly authoritative_nameservers?: { readonly assigned: readonly string[] };
	readonly subnets?: readonly { readonly ip_range: string }[];
}

/** API path and list key of each kind of resource that a school may own, with Terraform's type. */
export const RESOURCE_KINDS = [
	["hcloud_server", "servers"],
	["hcloud_primary_ip", "primary_ips"],
	["hcloud_firewall", "firewalls"],
	["hcloud_network", "networks"],
	["hcloud_placement_group", "placement_groups"],
	["hcloud_ssh_key", "ssh_keys"],
	["hcloud_zone", "zones"],
] as const;

/** Everything in the project of the kinds that a school may own. */
export async function surveyProject(
	client: HetznerClient,
): Promise<ProjectObject[]> {
	const lists = await Promise.all(
		RESOURCE_KINDS.map(async ([type, key]) => {
			const objects = await client.list<ApiObject>(`/${key}`, key);
			return objects.map(
				(object): ProjectObject => ({
					type,
					id: String(object.id),
					name: object.name,
					labels: object.labels,
					...(object.fingerprint ? { fingerprint: object.fingerprint } : {}),
					...(object.server_type
						? { serverType: object.server_type.name }
						: {}),
					...(object.location ? { location: object.location.name } : {}),
					...(object.authoritative_nameservers
						? { nameServers: object.authoritative_nameservers.assigned }
						: {}),
					...(object.subnets
						? { subnets: object.subnets.map((subnet) => subnet.ip_range) }
						: {}),
				}),
			);
		}),
	);
	return lists.flat();
}

/** Whether an object carries the labels that this program gives to what it makes for a school. */
export function belongsTo(
	object: Pick<ProjectObject, "labels">,
	schoolId: string,
): boolean {
	return (
		object.labels["managed-by"] === "schuljitsi" &&
		object.labels.school === schoolId
	);
}

/** The record sets of a school in a zone, as `name/type`. */
export async function surveyRecords(
	client: HetznerClient,
	zone: string,
	schoolId: string,
): Promise<string[]> {
	const sets = await client.list<{
		name: string;
		type: string;
		labels: Record<string, string>;
	}>(`/zones/${encodeURIComponent(zone)}/rrsets`, "rrsets");
	return sets
		.filter((set) => belongsTo(set, schoolId))
		.map(({ name, type }) => `${name}/${type}`);
}
