import { protectedError } from "./api-error.ts";
import { createServer, hostName } from "./create-server.ts";
import { forgetServer } from "./firewall-targets.ts";
import { namedRoutes } from "./named-objects.ts";
import type { ServerRecord } from "./records.ts";
import { created, ok, type Project, type Route } from "./routing.ts";
import { serverView } from "./server-view.ts";

export function serverRoutes(project: Project): Route[] {
	const { store } = project;
	return [
		...namedRoutes(
			project,
			"servers",
			"server",
			(server) => serverView(project, server),
			{
				name: hostName,
				filters: { status: ({ status }: ServerRecord) => status },
			},
		),
		{
			method: "POST",
			path: "/servers",
			handle: ({ body }) => created(createServer(project, body)),
		},
		{
			method: "DELETE",
			path: "/servers/:id",
			handle: ({ params }) => {
				const server = store.get("servers", params.id ?? "");
				if (server.protection.delete) throw protectedError("server");
				project.actions.assertUnlocked(server);
				return ok({ action: deleteServer(project, server) });
			},
		},
	];
}

/** Removes a server with what lives only as long as it does. */
export function deleteServer(project: Project, server: ServerRecord): object {
	const { store, actions } = project;
	for (const address of store.list("primary_ips")) {
		if (address.assignee_id !== server.id) continue;
		if (address.auto_delete) store.remove("primary_ips", address.id);
		else address.assignee_id = null;
	}
	forgetServer(project, server.id);
	store.remove("servers", server.id);
	return actions.start("delete_server", [["server", server.id]]);
}
