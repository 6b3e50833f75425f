import { isIPv4, isIPv6 } from "node:net";
import { z } from "zod";
import { ApiError, inUse } from "./api-error.ts";
import {
	applyFirewall,
	sameTarget,
	serversBehind,
} from "./firewall-targets.ts";
import { labelsField } from "./labels.ts";
import { namedRoutes, nameField, newEntity } from "./named-objects.ts";
import type { FirewallRecord } from "./records.ts";
import { created, gone, type Project, type Route, read } from "./routing.ts";

const network = z.string().refine(isNetwork, "is not a valid CIDR network");

const rule = z
	.object({
		description: z.string().max(255).nullish(),
		direction: z.enum(["in", "out"]),
		protocol: z.enum(["tcp", "udp", "icmp", "esp", "gre"]),
		port: z
			.string()
			.regex(/^(any|\d{1,5}(-\d{1,5})?)$/, "is not a valid port")
			.nullish(),
		source_ips: z.array(network).max(100).default([]),
		destination_ips: z.array(network).max(100).default([]),
	})
	.superRefine((value, context) => {
		const ported = value.protocol === "tcp" || value.protocol === "udp";
		if (ported !== (value.port != null)) {
			context.addIssue({
				code: "custom",
				path: ["port"],
				message: ported
					? "is required for tcp and udp"
					: "is only allowed for tcp and udp",
			});
		}
		const addresses =
			value.direction === "in" ? "source_ips" : "destination_ips";
		if (value[addresses].length === 0) {
			context.addIssue({
				code: "custom",
				path: [addresses],
				message: "must not be empty",
			});
		}
	});

const target = z.discriminatedUnion("type", [
	z.object({ type: z.literal("server"), server: z.object({ id: z.number() }) }),
	z.object({
		type: z.literal("label_selector"),
		label_selector: z.object({ selector: z.string() }),
	}),
]);

const rules = z.array(rule).max(500);
const creation = z.object({
	name: nameField,
	labels: labelsField.optional(),
	rules: rules.default([]),
	apply_to: z.array(target).default([]),
});

export function firewallRoutes(project: Project): Route[] {
	const { store, actions } = project;
	const one = (params: Readonly<Record<string, string>>) =>
		store.get("firewalls", params.id ?? "");
	return [
		...namedRoutes(project, "firewalls", "firewall", (firewall) =>
			firewallView(project, firewall),
		),
		{
			method: "POST",
			path: "/firewalls",
			handle: ({ body }) => {
				const wish = read(creation, body);
				store.assertNameIsFree("firewalls", wish.name);
				const firewall = store.add("firewalls", {
					...newEntity(project, wish.name, wish.labels),
					rules: wish.rules,
					applied_to: [],
				});
				return created({
					firewall: firewallView(project, firewall),
					actions: [
						actions.start("set_firewall_rules", [["firewall", firewall.id]]),
						...applyFirewall(project, firewall, wish.apply_to),
					],
				});
			},
		},
		{
			method: "DELETE",
			path: "/firewalls/:id",
			handle: ({ params }) => {
				const firewall = one(params);
				if (firewall.applied_to.length > 0)
					throw inUse("firewall", "a resource");
				store.remove("firewalls", firewall.id);
				return gone;
			},
		},
		{
			method: "POST",
			path: "/firewalls/:id/actions/set_rules",
			handle: ({ params, body }) => {
				const firewall = one(params);
				firewall.rules = read(z.object({ rules }), body).rules;
				return created({
					actions: [
						actions.start("set_firewall_rules", [["firewall", firewall.id]]),
						...serversBehind(project, firewall).map(({ id }) =>
							actions.start("apply_firewall", [
								["firewall", firewall.id],
								["server", id],
							]),
						),
					],
				});
			},
		},
		{
			method: "POST",
			path: "/firewalls/:id/actions/apply_to_resources",
			handle: ({ params, body }) => {
				const { apply_to } = read(
					z.object({ apply_to: z.array(target).min(1) }),
					body,
				);
				return created({
					actions: applyFirewall(project, one(params), apply_to),
				});
			},
		},
		{
			method: "POST",
			path: "/firewalls/:id/actions/remove_from_resources",
			handle: ({ params, body }) => {
				const firewall = one(params);
				const { remove_from } = read(
					z.object({ remove_from: z.array(target).min(1) }),
					body,
				);
				return created({
					actions: remove_from.map((item) => {
						if (!firewall.applied_to.some((other) => sameTarget(item, other))) {
							throw new ApiError(
								422,
								"firewall_resource_not_found",
								"firewall is not applied to the resource",
							);
						}
						firewall.applied_to = firewall.applied_to.filter(
							(other) => !sameTarget(item, other),
						);
						return actions.start("remove_firewall", [
							["firewall", firewall.id],
						]);
					}),
				});
			},
		},
	];
}

function firewallView(project: Project, firewall: FirewallRecord) {
	return {
		...firewall,
		rules: firewall.rules.map((item) => ({
			...item,
			description: item.description ?? null,
			port: item.port ?? null,
		})),
		applied_to: firewall.applied_to.map((item) =>
			item.type === "server"
				? item
				: {
						...item,
						applied_to_resources: serversBehind(project, {
							...firewall,
							applied_to: [item],
						}).map(({ id }) => ({ type: "server", server: { id } })),
					},
		),
	};
}

function isNetwork(value: string): boolean {
	const [address = "", length = ""] = value.split("/");
	const family = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
	return family > 0 && /^\d{1,3}$/.test(length) && Number(length) <= family;
}
