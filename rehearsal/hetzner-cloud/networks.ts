import { z } from "zod";
import { ApiError, inUse, invalidInput, protectedError } from "./api-error.ts";
import {
	contains,
	type Ipv4Range,
	ipv4Range,
	ipv4Text,
	overlap,
} from "./ipv4-range.ts";
import { labelsField } from "./labels.ts";
import { namedRoutes, nameField, newEntity } from "./named-objects.ts";
import { attachedTo } from "./private-addresses.ts";
import type { NetworkRecord } from "./records.ts";
import { created, gone, type Project, type Route, read } from "./routing.ts";

const subnet = z.object({
	type: z.enum(["cloud", "server"]),
	ip_range: z.string().optional(),
	network_zone: z.enum(["eu-central", "us-east", "us-west", "ap-southeast"]),
});
const route = z.object({ destination: z.string(), gateway: z.string() });
const creation = z.object({
	name: nameField,
	ip_range: z.string(),
	labels: labelsField.optional(),
	subnets: z.array(subnet).default([]),
	routes: z.array(route).default([]),
	expose_routes_to_vswitch: z.boolean().default(false),
});

export function networkRoutes(project: Project): Route[] {
	const { store, actions } = project;
	const post = (
		action: string,
		work: (network: NetworkRecord, body: unknown) => void,
	): Route => ({
		method: "POST",
		path: `/networks/:id/actions/${action}`,
		handle: ({ params, body }) => {
			const network = store.get("networks", params.id ?? "");
			work(network, body);
			return created({
				action: actions.start(action, [["network", network.id]]),
			});
		},
	});
	return [
		...namedRoutes(
			project,
			"networks",
			"network",
			(network) => networkView(project, network),
			{
				also: (network, body) => {
					const { expose_routes_to_vswitch: expose } = read(
						z.object({ expose_routes_to_vswitch: z.boolean().optional() }),
						body,
					);
					if (expose !== undefined) network.expose_routes_to_vswitch = expose;
				},
			},
		),
		{
			method: "POST",
			path: "/networks",
			handle: ({ body }) => {
				const wish = read(creation, body);
				store.assertNameIsFree("networks", wish.name);
				const network: NetworkRecord = {
					...newEntity(project, wish.name, wish.labels),
					ip_range: privateRange(wish.ip_range),
					subnets: [],
					routes: wish.routes,
					protection: { delete: false },
					expose_routes_to_vswitch: wish.expose_routes_to_vswitch,
				};
				for (const item of wish.subnets) addSubnet(network, item);
				store.add("networks", network);
				return created({ network: networkView(project, network) });
			},
		},
		{
			method: "DELETE",
			path: "/networks/:id",
			handle: ({ params }) => {
				const network = store.get("networks", params.id ?? "");
				if (network.protection.delete) throw protectedError("network");
				const [server] = attachedTo(project, network.id);
				if (server !== undefined) throw inUse("network", `server ${server}`);
				store.remove("networks", network.id);
				return gone;
			},
		},
		post("add_subnet", (network, body) =>
			addSubnet(network, read(subnet, body)),
		),
		post("delete_subnet", (network, body) => {
			const { ip_range } = read(z.object({ ip_range: z.string() }), body);
			const range = mustHave(network, ip_range);
			const used = store
				.list("servers")
				.some(({ private_net }) =>
					private_net.some(
						({ network: id, ip }) =>
							id === network.id &&
							contains(range, ipv4Range(`${ip}/32`) ?? range),
					),
				);
			if (used) throw inUse("subnet", "a server");
			network.subnets = network.subnets.filter(
				(item) => item.ip_range !== ip_range,
			);
		}),
		post("add_route", (network, body) => {
			const wish = read(route, body);
			const range = ipv4Range(wish.destination);
			if (!range) throw invalidInput("invalid input in field 'destination'");
			if (
				network.routes.some(
					({ destination }) => destination === wish.destination,
				)
			) {
				throw new ApiError(409, "conflict", "route already exists");
			}
			network.routes.push(wish);
		}),
		post("delete_route", (network, body) => {
			const { destination } = read(route, body);
			if (!network.routes.some((item) => item.destination === destination)) {
				throw new ApiError(404, "not_found", "route not found");
			}
			network.routes = network.routes.filter(
				(item) => item.destination !== destination,
			);
		}),
		post("change_ip_range", (network, body) => {
			const wanted = privateRange(
				read(z.object({ ip_range: z.string() }), body).ip_range,
			);
			const old = ipv4Range(network.ip_range) as Ipv4Range;
			if (!contains(ipv4Range(wanted) as Ipv4Range, old)) {
				throw invalidInput("ip_range can only grow", {
					ip_range: ["must contain the old one"],
				});
			}
			network.ip_range = wanted;
		}),
		post("change_protection", (network, body) => {
			network.protection.delete = read(
				z.object({ delete: z.boolean() }),
				body,
			).delete;
		}),
	];
}

/** @throws ApiError invalid_input unless it is a private network (RFC 1918) of at least a /24 */
function privateRange(text: string): string {
	const range = ipv4Range(text);
	const isPrivate = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some(
		(net) => range && contains(ipv4Range(net) as Ipv4Range, range),
	);
	if (!range || !isPrivate || range.length > 24) {
		throw invalidInput("invalid input in field 'ip_range'", {
			ip_range: ["must be a private IPv4 network of at least a /24"],
		});
	}
	return text;
}

function addSubnet(
	network: NetworkRecord,
	wish: z.output<typeof subnet>,
): void {
	const whole = ipv4Range(network.ip_range) as Ipv4Range;
	const range = ipv4Range(wish.ip_range ?? network.ip_range);
	if (!range || !contains(whole, range)) {
		throw invalidInput("invalid input in field 'ip_range'", {
			ip_range: ["must be within the network"],
		});
	}
	if (
		network.subnets.some((item) =>
			overlap(ipv4Range(item.ip_range) as Ipv4Range, range),
		)
	) {
		throw invalidInput("invalid input in field 'ip_range'", {
			ip_range: ["overlaps with another subnet"],
		});
	}
	network.subnets.push({
		type: wish.type,
		ip_range: wish.ip_range ?? network.ip_range,
		network_zone: wish.network_zone,
		gateway: ipv4Text(whole.base + 1),
		vswitch_id: null,
	});
}

function mustHave(network: NetworkRecord, ipRange: string): Ipv4Range {
	const range = ipv4Range(ipRange);
	if (!range || !network.subnets.some((item) => item.ip_range === ipRange)) {
		throw new ApiError(404, "not_found", "subnet not found");
	}
	return range;
}

function networkView(project: Project, network: NetworkRecord) {
	return {
		...network,
		servers: attachedTo(project, network.id),
		load_balancers: [],
	};
}
