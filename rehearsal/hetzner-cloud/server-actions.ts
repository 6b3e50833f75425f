import { randomBytes } from "node:crypto";
import { z } from "zod";
import { ApiError, invalidInput, notFound } from "./api-error.ts";
import { findImage } from "./catalogue/images.ts";
import { findServerType } from "./catalogue/server-types.ts";
import { changeServerType } from "./change-server-type.ts";
import { LARGEST_GROUP, membersOf } from "./placement-groups.ts";
import type { ServerRecord } from "./records.ts";
import { changeDnsPtr } from "./reverse-dns.ts";
import { created, type Project, type Route, read } from "./routing.ts";
import { attach, attachment, detach } from "./server-network.ts";

type Status = ServerRecord["status"];

/** Hours of the day in which backups are made; the API assigns one. */
const BACKUP_WINDOW = "22-02";

export function serverActionRoutes(project: Project): Route[] {
	const { store, actions } = project;
	/** Work that returns a status sets it when the action ends; an object joins the answer. */
	const post = (
		path: string,
		command: string,
		work: (server: ServerRecord, body: unknown) => Status | object | undefined,
	): Route => ({
		method: "POST",
		path: `/servers/:id/actions/${path}`,
		handle: ({ params, body }) => {
			const server = store.get("servers", params.id ?? "");
			// A pointer is an address's matter, not the machine's.
			if (path !== "change_dns_ptr") actions.assertUnlocked(server);
			const result = work(server, body);
			const then =
				typeof result === "string"
					? { server: server.id, status: result }
					: null;
			return created({
				action: actions.start(command, [["server", server.id]], then),
				...(typeof result === "object" ? result : {}),
			});
		},
	});
	return [
		post("poweron", "start_server", (server) => {
			if (server.status === "running") return "running";
			server.status = "starting";
			return "running";
		}),
		post("poweroff", "stop_server", () => "off"),
		post("shutdown", "shutdown_server", (server) => {
			if (server.status !== "off") server.status = "stopping";
			return "off";
		}),
		post("reboot", "reboot_server", mustRun),
		post("reset", "reset_server", mustRun),
		post("reset_password", "reset_password", (server) => {
			mustRun(server);
			return { root_password: randomBytes(12).toString("base64url") };
		}),
		post("change_protection", "change_protection", (server, body) => {
			const wish = read(
				z.object({
					delete: z.boolean().optional(),
					rebuild: z.boolean().optional(),
				}),
				body,
			);
			const wanted = { ...server.protection, ...defined(wish) };
			if (wanted.delete !== wanted.rebuild) {
				throw invalidInput("delete and rebuild protection must be the same", {
					delete: ["must be equal to rebuild"],
				});
			}
			server.protection = wanted;
			return undefined;
		}),
		post("change_type", "change_server_type", (server, body) =>
			changeServerType(project, server, body),
		),
		post("enable_backup", "enable_backup", (server) => {
			server.backup_window = BACKUP_WINDOW;
			return undefined;
		}),
		post("disable_backup", "disable_backup", (server) => {
			server.backup_window = null;
			return undefined;
		}),
		post("enable_rescue", "enable_rescue", (server) => {
			server.rescue_enabled = true;
			return { root_password: randomBytes(12).toString("base64url") };
		}),
		post("disable_rescue", "disable_rescue", (server) => {
			server.rescue_enabled = false;
			return undefined;
		}),
		post("rebuild", "rebuild_server", (server, body) => {
			if (server.protection.rebuild) {
				throw new ApiError(423, "protected", "server is rebuild protected");
			}
			const { image } = read(
				z.object({ image: z.union([z.string(), z.number()]) }),
				body,
			);
			const found = findImage(
				image,
				findServerType(server.server_type)?.architecture,
			);
			if (!found) throw notFound("image", image);
			server.image = found.id;
			return { root_password: null };
		}),
		post("attach_to_network", "attach_to_network", (server, body) => {
			attach(
				project,
				server,
				read(
					z.object({
						network: z.number(),
						ip: z.string().optional(),
						alias_ips: z.array(z.string()).optional(),
						ip_range: z.string().optional(),
					}),
					body,
				),
			);
			return undefined;
		}),
		post("detach_from_network", "detach_from_network", (server, body) => {
			detach(server, read(z.object({ network: z.number() }), body).network);
			return undefined;
		}),
		post("change_alias_ips", "change_alias_ips", (server, body) => {
			const wish = read(
				z.object({ network: z.number(), alias_ips: z.array(z.string()) }),
				body,
			);
			attachment(server, wish.network).alias_ips = wish.alias_ips;
			return undefined;
		}),
		post("change_dns_ptr", "change_dns_ptr", (server, body) => {
			const { ip } = read(z.object({ ip: z.string() }), body);
			const address = store
				.list("primary_ips")
				.find(
					(item) =>
						item.assignee_id === server.id &&
						ip.includes(":") === (item.type === "ipv6"),
				);
			if (!address) throw notFound("ip", ip);
			changeDnsPtr(address, body);
			return undefined;
		}),
		post("add_to_placement_group", "add_to_placement_group", (server, body) => {
			const { placement_group: id } = read(
				z.object({ placement_group: z.number() }),
				body,
			);
			store.get("placement_groups", id);
			if (server.placement_group !== null) {
				throw new ApiError(
					422,
					"already_in_placement_group",
					"server is in a group already",
				);
			}
			if (membersOf(project, id).length >= LARGEST_GROUP) {
				throw new ApiError(
					503,
					"placement_error",
					"the placement group is full",
				);
			}
			server.placement_group = id;
			return undefined;
		}),
		post(
			"remove_from_placement_group",
			"remove_from_placement_group",
			(server) => {
				if (server.placement_group === null) {
					throw new ApiError(
						422,
						"not_in_placement_group",
						"server is in no placement group",
					);
				}
				server.placement_group = null;
				return undefined;
			},
		),
	];
}

function mustRun(server: ServerRecord): Status {
	if (server.status !== "running") {
		throw new ApiError(422, "server_not_running", "server is not running");
	}
	return "running";
}

/** Without the properties that are undefined. */
function defined<T extends object>(
	object: T,
): { [K in keyof T]: NonNullable<T[K]> } {
	return Object.fromEntries(
		Object.entries(object).filter(([, value]) => value !== undefined),
	) as { [K in keyof T]: NonNullable<T[K]> };
}
