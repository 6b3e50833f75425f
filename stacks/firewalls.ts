import { Construct } from "constructs";
import { Firewall, type FirewallRule } from "./hcloud/firewall/index.ts";
import { labels } from "./labels.ts";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];

export interface FirewallsProps {
	readonly schoolId: string;
	/** Networks that may reach SSH. */
	readonly sshNetworks: readonly string[];
	readonly bridges: boolean;
}

/**
 * The cloud's packet filters: the second wall in front of each machine's own. Inbound, only what
 * is named passes; everything outbound is open. 443/udp stays closed, and so does coturn's relay
 * range: coturn relays to the school's own bridges only, which answer to its outgoing flows.
 */
export class Firewalls extends Construct {
	readonly meeting: Firewall;
	readonly bridge: Firewall | undefined;

	constructor(scope: Construct, id: string, props: FirewallsProps) {
		super(scope, id);
		const always: FirewallRule[] = [
			rule("SSH from the administrators' networks", "tcp", "22", [
				...props.sshNetworks,
			]),
			rule("Ping and path MTU discovery", "icmp"),
			rule("Audio and video to the bridge", "udp", "10000"),
		];
		this.meeting = new Firewall(this, "meeting", {
			name: `${props.schoolId}-meeting`,
			labels: labels(props.schoolId, "meeting"),
			rule: [
				...always,
				rule("HTTP: certificates and the way to HTTPS", "tcp", "80"),
				rule("HTTPS, and TURN over TLS", "tcp", "443"),
				rule("STUN and TURN", "tcp", "3478"),
				rule("STUN and TURN", "udp", "3478"),
			],
		});
		this.bridge = props.bridges
			? new Firewall(this, "bridge", {
					name: `${props.schoolId}-bridge`,
					labels: labels(props.schoolId, "bridge"),
					rule: always,
				})
			: undefined;
	}
}

function rule(
	description: string,
	protocol: "tcp" | "udp" | "icmp",
	port?: string,
	sourceIps: string[] = EVERYWHERE,
): FirewallRule {
	return {
		description,
		direction: "in",
		protocol,
		...(port ? { port } : {}),
		sourceIps,
	};
}
