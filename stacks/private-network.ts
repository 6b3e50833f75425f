import { Token } from "cdktn";
import { Construct } from "constructs";
import { Network } from "./hcloud/network/index.ts";
import { NetworkSubnet } from "./hcloud/network-subnet/index.ts";
import { labels } from "./labels.ts";

/** Addresses inside a school's private network; each school has a network of its own. */
const RANGE = "10.83.0.0/24";
const HOSTS = "10.83.0.";

/** The meeting server's private address; the cloud keeps `.1` for its gateway. */
export const MEETING_PRIVATE_ADDRESS = `${HOSTS}2`;

/** The private address of bridge server `index` (from 0). */
export function bridgePrivateAddress(index: number): string {
	return `${HOSTS}${10 + index}`;
}

/**
 * The network between the meeting server and its bridges. It is there from the start, so that a
 * first bridge does not touch the running server.
 */
export class PrivateNetwork extends Construct {
	readonly network: Network;
	readonly subnet: NetworkSubnet;

	constructor(scope: Construct, id: string, schoolId: string) {
		super(scope, id);
		this.network = new Network(this, "network", {
			name: schoolId,
			ipRange: RANGE,
			labels: labels(schoolId),
		});
		this.subnet = new NetworkSubnet(this, "subnet", {
			networkId: Token.asNumber(this.network.id),
			type: "cloud",
			networkZone: "eu-central",
			ipRange: RANGE,
		});
	}
}
