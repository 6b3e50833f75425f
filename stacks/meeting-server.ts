import { Token } from "cdktn";
import { Construct } from "constructs";
import type { Addresses } from "./addresses.ts";
import type { Firewall } from "./hcloud/firewall/index.ts";
import { Server } from "./hcloud/server/index.ts";
import { labels } from "./labels.ts";
import {
	MEETING_PRIVATE_ADDRESS,
	type PrivateNetwork,
} from "./private-network.ts";

/** The server's operating system; a newer one reaches a running server by its own upgrade. */
export const SERVER_IMAGE = "debian-13";

/**
 * Arguments that count at creation only. Changing one of the first three would replace the machine
 * in the provider's eyes; on a running server the bootstrap owns them. A changed `public_net`, as a
 * server has it that is taken over, makes the provider unassign the addresses and delete them.
 */
export const CREATION_ONLY = ["user_data", "ssh_keys", "image", "public_net"];

export interface MeetingServerProps {
	readonly schoolId: string;
	readonly serverType: string;
	readonly location: string;
	readonly backups: boolean;
	readonly userData: string;
	readonly sshKeyIds: string[];
	readonly addresses: Addresses;
	readonly firewall: Firewall;
	readonly network: PrivateNetwork;
	/** False only while the whole instance is taken down. */
	readonly preventDestroy: boolean;
}

/**
 * The machine that carries Jitsi Meet, the edge and coturn. Two locks hold it: `prevent_destroy`
 * stops Terraform's plan, and the cloud's own protection stops everyone else.
 */
export class MeetingServer extends Construct {
	readonly server: Server;

	constructor(scope: Construct, id: string, props: MeetingServerProps) {
		super(scope, id);
		this.server = new Server(this, "server", {
			name: props.schoolId,
			serverType: props.serverType,
			location: props.location,
			image: SERVER_IMAGE,
			userData: props.userData,
			sshKeys: props.sshKeyIds,
			backups: props.backups,
			// A resize keeps the small disk, so that the way back to a smaller type stays open.
			keepDisk: true,
			shutdownBeforeDeletion: true,
			deleteProtection: true,
			rebuildProtection: true,
			firewallIds: [Token.asNumber(props.firewall.id)],
			publicNet: [
				{
					ipv4Enabled: true,
					ipv4: props.addresses.ipv4.id,
					ipv6Enabled: true,
					ipv6: props.addresses.ipv6.id,
				},
			],
			network: [
				{
					subnetId: props.network.subnet.id,
					ip: MEETING_PRIVATE_ADDRESS,
					aliasIps: [],
				},
			],
			labels: labels(props.schoolId, "meeting"),
			lifecycle: {
				ignoreChanges: CREATION_ONLY,
				preventDestroy: props.preventDestroy,
			},
		});
	}
}
