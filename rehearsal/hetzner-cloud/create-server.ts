import { randomBytes } from "node:crypto";
import { z } from "zod";
import { assign, newPrimaryIp } from "./address-pool.ts";
import { ApiError, invalidInput } from "./api-error.ts";
import { findImage } from "./catalogue/images.ts";
import { findLocation } from "./catalogue/locations.ts";
import { findServerType } from "./catalogue/server-types.ts";
import { applyToServer } from "./firewall-targets.ts";
import { labelsField } from "./labels.ts";
import { newEntity } from "./named-objects.ts";
import { LARGEST_GROUP, membersOf } from "./placement-groups.ts";
import { datacenterRemoved } from "./primary-ips.ts";
import type { ServerRecord } from "./records.ts";
import { type Project, read } from "./routing.ts";
import { attach } from "./server-network.ts";
import { serverView } from "./server-view.ts";

const LARGEST_USER_DATA = 32 * 1024;

/** Server names are host names (RFC 1123). */
export const hostName = z
	.string()
	.max(253)
	.regex(
		/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i,
		"invalid hostname",
	);

const creation = z.object({
	name: hostName,
	server_type: z.union([z.string(), z.number()]),
	image: z.union([z.string(), z.number()]),
	location: z.union([z.string(), z.number()]).optional(),
	datacenter: z.unknown().optional(),
	start_after_create: z.boolean().default(true),
	ssh_keys: z.array(z.union([z.string(), z.number()])).default([]),
	user_data: z
		.string()
		.refine(
			(text) => Buffer.byteLength(text) <= LARGEST_USER_DATA,
			"must be at most 32 KiB",
		)
		.default(""),
	networks: z.array(z.number()).default([]),
	firewalls: z.array(z.object({ firewall: z.number() })).default([]),
	placement_group: z.number().nullish(),
	volumes: z
		.array(z.number())
		.max(0, "volumes are not part of the embedded cloud")
		.default([]),
	automount: z.boolean().optional(),
	labels: labelsField.optional(),
	public_net: z
		.object({
			enable_ipv4: z.boolean().default(true),
			enable_ipv6: z.boolean().default(true),
			ipv4: z.number().nullish(),
			ipv6: z.number().nullish(),
		})
		.prefault({}),
});

type Wish = z.output<typeof creation>;

/** Everything is judged before anything is made: a refused request leaves nothing behind. */
export function createServer(project: Project, body: unknown): object {
	const wish = read(creation, body);
	const { store, actions, faults } = project;
	if (wish.datacenter !== undefined) throw datacenterRemoved();
	const type = findServerType(wish.server_type);
	if (!type) throw unknown("server_type");
	const addresses = [wish.public_net.ipv4, wish.public_net.ipv6].flatMap(
		(id) => (id ? [store.get("primary_ips", id)] : []),
	);
	const location = findLocation(
		wish.location ?? addresses[0]?.location ?? "fsn1",
	);
	if (!location) throw unknown("location");
	const image = findImage(wish.image, type.architecture);
	if (!image || image.architecture !== type.architecture)
		throw unknown("image");
	const keys = wish.ssh_keys.map((nameOrId) => {
		const key = store
			.list("ssh_keys")
			.find(
				({ id, name }) => String(id) === String(nameOrId) || name === nameOrId,
			);
		if (!key) throw unknown("ssh_keys");
		return key.id;
	});
	const networks = wish.networks.map((id) => store.get("networks", id));
	for (const { firewall } of wish.firewalls) store.get("firewalls", firewall);
	store.assertNameIsFree("servers", wish.name);
	if (store.list("servers").length >= faults.serverLimit) {
		throw new ApiError(403, "resource_limit_exceeded", "server limit exceeded");
	}
	if (
		location.network_zone !== "eu-central" ||
		faults.isSoldOut(type.name, location.name, false)
	) {
		throw new ApiError(
			412,
			"resource_unavailable",
			"error during placement: server type is currently not available in this location",
		);
	}
	if (wish.placement_group) {
		const group = store.get("placement_groups", wish.placement_group);
		if (membersOf(project, group.id).length >= LARGEST_GROUP) {
			throw new ApiError(503, "placement_error", "the placement group is full");
		}
	}
	for (const address of addresses) {
		if (address.assignee_id !== null || address.location !== location.name) {
			throw invalidInput("invalid input in field 'public_net'", {
				public_net: ["primary IP is assigned or in another location"],
			});
		}
	}

	const server = store.add("servers", {
		...newEntity(project, wish.name, wish.labels),
		status: "initializing",
		server_type: type.name,
		location: location.name,
		image: image.id,
		disk: type.disk,
		user_data: wish.user_data,
		ssh_keys: keys,
		rescue_enabled: false,
		backup_window: null,
		protection: { delete: false, rebuild: false },
		private_net: [],
		placement_group: wish.placement_group ?? null,
	});
	takeAddresses(project, server, wish);
	for (const { firewall } of wish.firewalls)
		applyToServer(project, firewall, server.id);
	for (const network of networks)
		attach(project, server, { network: network.id });
	const started = wish.start_after_create ? "running" : "off";
	return {
		server: serverView(project, server),
		action: actions.start("create_server", [["server", server.id]], {
			server: server.id,
			status: started,
		}),
		next_actions: wish.start_after_create
			? [actions.start("start_server", [["server", server.id]])]
			: [],
		root_password:
			keys.length > 0 ? null : randomBytes(12).toString("base64url"),
	};
}

function takeAddresses(
	project: Project,
	server: ServerRecord,
	{ public_net }: Wish,
): void {
	for (const type of ["ipv4", "ipv6"] as const) {
		if (!public_net[`enable_${type}`]) continue;
		const given = public_net[type];
		const address = given
			? project.store.get("primary_ips", given)
			: newPrimaryIp(project, {
					name: `primary_ip-${project.store.newId()}`,
					type,
					location: server.location,
					auto_delete: true,
				});
		assign(project, address, server.id, true);
	}
}

function unknown(field: string): ApiError {
	return invalidInput(`invalid input in field '${field}'`, {
		[field]: [`${field} not found`],
	});
}
