import { Token } from "cdktn";
import { Construct } from "constructs";
import type { Firewall } from "./hcloud/firewall/index.ts";
import { PlacementGroup } from "./hcloud/placement-group/index.ts";
import { Server } from "./hcloud/server/index.ts";
import { labels } from "./labels.ts";
import { CREATION_ONLY, SERVER_IMAGE } from "./meeting-server.ts";
import {
	bridgePrivateAddress,
	type PrivateNetwork,
} from "./private-network.ts";

export interface BridgeServersProps {
	readonly schoolId: string;
	readonly count: number;
	readonly serverType: string;
	readonly location: string;
	readonly userData: string;
	readonly sshKeyIds: string[];
	readonly firewall: Firewall;
	readonly network: PrivateNetwork;
}

/**
 * Further video bridges, on separate physical hosts. They hold nothing that has to survive, so
 * they are not protected, get addresses of their own that go with them, and their number is a
 * plain setting.
 */
export class BridgeServers extends Construct {
	readonly servers: Server[];

	constructor(scope: Construct, id: string, props: BridgeServersProps) {
		super(scope, id);
		const group = new PlacementGroup(this, "spread", {
			name: `${props.schoolId}-bridges`,
			type: "spread",
			labels: labels(props.schoolId, "bridge"),
		});
		this.servers = Array.from(
			{ length: props.count },
			(_, index) =>
				new Server(this, `bridge-${index + 1}`, {
					name: `${props.schoolId}-bridge-${index + 1}`,
					serverType: props.serverType,
					location: props.location,
					image: SERVER_IMAGE,
					userData: props.userData,
					sshKeys: props.sshKeyIds,
					keepDisk: true,
					shutdownBeforeDeletion: true,
					placementGroupId: Token.asNumber(group.id),
					firewallIds: [Token.asNumber(props.firewall.id)],
					publicNet: [{ ipv4Enabled: true, ipv6Enabled: true }],
					network: [
						{
							subnetId: props.network.subnet.id,
							ip: bridgePrivateAddress(index),
							aliasIps: [],
						},
					],
					labels: labels(props.schoolId, "bridge"),
					lifecycle: { ignoreChanges: CREATION_ONLY },
				}),
		);
	}
}
