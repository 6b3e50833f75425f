import { TerraformStack } from "cdktn";
import type { Construct } from "constructs";
import type { School } from "../school/load-school.ts";
import { Addresses } from "./addresses.ts";
import { AdministratorKeys, withoutComment } from "./administrator-keys.ts";
import { adopt } from "./adoption.ts";
import { BridgeServers } from "./bridge-servers.ts";
import { dnsPlan } from "./dns-plan.ts";
import { DnsRecords } from "./dns-records.ts";
import { Firewalls } from "./firewalls.ts";
import { HcloudProvider } from "./hcloud/provider/index.ts";
import type { Lock } from "./lock.ts";
import { MeetingServer } from "./meeting-server.ts";
import { declareOutputs, type MachineOutput } from "./outputs.ts";
import type { Placement } from "./placement.ts";
import {
	bridgePrivateAddress,
	MEETING_PRIVATE_ADDRESS,
	PrivateNetwork,
} from "./private-network.ts";
import { stateBackend } from "./state-backend.ts";
import { userData } from "./user-data.ts";

export interface SchoolStackProps {
	readonly placement: Placement;
	/** Which cloud the state belongs to; part of the state's name in a bucket. */
	readonly cloud: "hetzner" | "rehearsal";
	/** State file of the local backend. */
	readonly stateFile: string;
	/** How often the provider asks whether an action has ended, e.g. `500ms`. */
	readonly pollInterval: string;
	/** Parts that may be destroyed in this run: all to take a school down, one to replace the remains of a creation that failed. */
	readonly unlocked: readonly Lock[];
	/** Resources to take over, by `type:name`; see adoption.ts. */
	readonly adopt: Readonly<Record<string, string>>;
}

/** Everything a school owns in the cloud. The stack's name is the school's id. */
export class SchoolStack extends TerraformStack {
	constructor(scope: Construct, school: School, props: SchoolStackProps) {
		super(scope, school.id);
		const { settings } = school;
		// The oldest that lock a state in a bucket by themselves.
		this.node.setContext("targetVersions", {
			terraform: ">=1.10.0",
			opentofu: ">=1.10.0",
		});
		// The token comes from HCLOUD_TOKEN, so that it stands in no file.
		new HcloudProvider(this, "hcloud", { pollInterval: props.pollInterval });
		stateBackend(
			this,
			settings.state,
			props.stateFile,
			`schuljitsi/${props.cloud}/${school.id}.tfstate`,
		);

		const machines = settings.server.address
			? {
					meeting: {
						name: school.id,
						ipv4: settings.server.address.ipv4 ?? "",
						ipv6: settings.server.address.ipv6 ?? "",
						privateAddress: "",
					},
					bridges: [],
				}
			: provision(this, school, props);

		const records = dnsPlan(
			settings.domain.name,
			machines.meeting,
			settings.certificates.caaIssuer,
		);
		const dns =
			settings.domain.dns === "hetzner"
				? new DnsRecords(this, "dns", {
						schoolId: school.id,
						zone: settings.domain.zone,
						createZone: settings.domain.createZone,
						records,
						preventDestroy: !props.unlocked.includes("zone"),
					})
				: undefined;

		declareOutputs(this, {
			domain: settings.domain.name,
			...machines,
			dnsRecords: records,
			nameServers: dns?.zone?.authoritativeNameservers.assigned ?? [],
		});
		adopt(this, props.adopt);
	}
}

/** The machines in the cloud, and what belongs to them. */
function provision(
	stack: TerraformStack,
	school: School,
	{ placement, unlocked }: SchoolStackProps,
): { meeting: MachineOutput; bridges: MachineOutput[] } {
	const { settings, id: schoolId } = school;
	// A comment names a person, and Terraform would read ${…} in it as an expression.
	const publicKeys = settings.administration.sshKeys.map(withoutComment);
	const sshNetworks =
		settings.administration.sshFrom === "any"
			? ["0.0.0.0/0", "::/0"]
			: settings.administration.sshFrom;

	const keys = new AdministratorKeys(stack, "administrator-keys", {
		schoolId,
		publicKeys,
		sharedKeys: placement.sharedKeys,
	});
	const addresses = new Addresses(stack, "addresses", {
		schoolId,
		location: placement.location,
		hostName: settings.domain.name,
		preventDestroy: !unlocked.includes("addresses"),
	});
	const network = new PrivateNetwork(stack, "private-network", schoolId);
	const firewalls = new Firewalls(stack, "firewalls", {
		schoolId,
		sshNetworks,
		bridges: settings.bridges.count > 0,
	});
	const common = {
		schoolId,
		location: placement.location,
		userData: userData({ publicKeys, sshNetworks }),
		sshKeyIds: keys.ids,
		network,
	};
	new MeetingServer(stack, "meeting-server", {
		...common,
		serverType: placement.serverType,
		backups: settings.server.backups,
		addresses,
		firewall: firewalls.meeting,
		preventDestroy: !unlocked.includes("server"),
	});
	const bridges = firewalls.bridge
		? new BridgeServers(stack, "bridge-servers", {
				...common,
				count: settings.bridges.count,
				serverType: placement.bridgeType,
				firewall: firewalls.bridge,
			}).servers
		: [];

	return {
		meeting: {
			name: schoolId,
			ipv4: addresses.ipv4.ipAddress,
			ipv6: addresses.ipv6Address,
			privateAddress: MEETING_PRIVATE_ADDRESS,
		},
		bridges: bridges.map((bridge, index) => ({
			name: bridge.name,
			ipv4: bridge.ipv4Address,
			ipv6: bridge.ipv6Address,
			privateAddress: bridgePrivateAddress(index),
		})),
	};
}
