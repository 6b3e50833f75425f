import { z } from "zod";
import { ApiError, invalidInput } from "./api-error.ts";
import { findServerType } from "./catalogue/server-types.ts";
import type { ServerRecord } from "./records.ts";
import { type Project, read } from "./routing.ts";

/** The server must be off; a smaller disk, or another architecture, is refused. It stays off. */
export function changeServerType(
	{ faults }: Project,
	server: ServerRecord,
	body: unknown,
): ServerRecord["status"] {
	const { server_type, upgrade_disk } = read(
		z.object({
			server_type: z.union([z.string(), z.number()]),
			upgrade_disk: z.boolean(),
		}),
		body,
	);
	const wanted = findServerType(server_type);
	const current = findServerType(server.server_type);
	if (!wanted) {
		throw invalidInput("invalid input in field 'server_type'", {
			server_type: ["server_type not found"],
		});
	}
	if (server.status !== "off") {
		throw new ApiError(422, "server_not_stopped", "server must be powered off");
	}
	if (wanted.architecture !== current?.architecture) {
		throw invalidInput("server type has another architecture");
	}
	if (wanted.disk < server.disk) {
		throw new ApiError(
			422,
			"invalid_server_type",
			"the disk of the server type is too small",
		);
	}
	if (faults.isSoldOut(wanted.name, server.location, false)) {
		throw new ApiError(
			412,
			"resource_unavailable",
			"server type is currently not available",
		);
	}
	server.server_type = wanted.name;
	if (upgrade_disk) server.disk = wanted.disk;
	return "off";
}
