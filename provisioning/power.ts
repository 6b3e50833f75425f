import type { HetznerClient } from "./hetzner-client.ts";
import { belongsTo } from "./project-survey.ts";

interface ApiServer {
	readonly id: number;
	readonly name: string;
	readonly status: string;
	readonly labels: Record<string, string>;
}

/**
 * Switches on a school's machines that are off: a change of the server type leaves them so.
 *
 * @returns the names of the machines that were switched on
 */
export async function powerOn(
	client: HetznerClient,
	schoolId: string,
): Promise<string[]> {
	const servers = await client.list<ApiServer>("/servers", "servers", {
		label_selector: `managed-by=schuljitsi,school=${schoolId}`,
	});
	const off = servers.filter(
		(server) => server.status === "off" && belongsTo(server, schoolId),
	);
	await Promise.all(
		off.map(({ id }) => client.act(`/servers/${id}/actions/poweron`, {})),
	);
	return off.map(({ name }) => name);
}
