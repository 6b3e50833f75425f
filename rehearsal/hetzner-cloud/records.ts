/** What the emulator remembers of each kind of object; answers are made from it. */
export interface Entity {
	id: number;
	name: string;
	labels: Record<string, string>;
	created: string;
}

export interface ServerRecord extends Entity {
	status:
		| "initializing"
		| "starting"
		| "running"
		| "stopping"
		| "off"
		| "rebuilding";
	server_type: string;
	location: string;
	image: number;
	disk: number;
	user_data: string;
	ssh_keys: number[];
	rescue_enabled: boolean;
	backup_window: string | null;
	protection: { delete: boolean; rebuild: boolean };
	private_net: {
		network: number;
		ip: string;
		alias_ips: string[];
		mac_address: string;
	}[];
	placement_group: number | null;
}

export interface PrimaryIpRecord extends Entity {
	type: "ipv4" | "ipv6";
	ip: string;
	location: string;
	assignee_id: number | null;
	auto_delete: boolean;
	protection: { delete: boolean };
	dns_ptr: { ip: string; dns_ptr: string }[];
}

export interface FirewallRule {
	description?: string | null | undefined;
	direction: "in" | "out";
	protocol: "tcp" | "udp" | "icmp" | "esp" | "gre";
	port?: string | null | undefined;
	source_ips: string[];
	destination_ips: string[];
}

export type FirewallTarget =
	| { type: "server"; server: { id: number } }
	| { type: "label_selector"; label_selector: { selector: string } };

export interface FirewallRecord extends Entity {
	rules: FirewallRule[];
	applied_to: FirewallTarget[];
}

export interface NetworkRecord extends Entity {
	ip_range: string;
	subnets: {
		type: "cloud" | "server" | "vswitch";
		ip_range: string;
		network_zone: string;
		gateway: string;
		vswitch_id: null;
	}[];
	routes: { destination: string; gateway: string }[];
	protection: { delete: boolean };
	expose_routes_to_vswitch: boolean;
}

export interface SshKeyRecord extends Entity {
	fingerprint: string;
	public_key: string;
}

export interface PlacementGroupRecord extends Entity {
	type: "spread";
}

export interface RrsetRecord {
	name: string;
	type: string;
	ttl: number | null;
	labels: Record<string, string>;
	protection: { change: boolean };
	records: { value: string; comment?: string | undefined }[];
}

export interface ZoneRecord extends Entity {
	mode: "primary" | "secondary";
	ttl: number;
	protection: { delete: boolean };
	primary_nameservers: { address: string; port: number }[];
	rrsets: RrsetRecord[];
}

export interface ActionRecord {
	id: number;
	command: string;
	started: string;
	/** Milliseconds since the epoch at which it ends. */
	ends: number;
	resources: { id: number; type: string }[];
	/** How it ends, if not well. */
	error: { code: string; message: string } | null;
	/** Server status to set when it ends well. */
	then: { server: number; status: ServerRecord["status"] } | null;
	settled: boolean;
}

export interface State {
	next_id: number;
	servers: Record<string, ServerRecord>;
	primary_ips: Record<string, PrimaryIpRecord>;
	firewalls: Record<string, FirewallRecord>;
	networks: Record<string, NetworkRecord>;
	ssh_keys: Record<string, SshKeyRecord>;
	placement_groups: Record<string, PlacementGroupRecord>;
	zones: Record<string, ZoneRecord>;
	actions: Record<string, ActionRecord>;
}

/** The kinds whose objects have an id, a name and labels of their own. */
export type Kind = Exclude<keyof State, "next_id" | "actions">;

export function emptyState(): State {
	return {
		next_id: 4_200_000,
		servers: {},
		primary_ips: {},
		firewalls: {},
		networks: {},
		ssh_keys: {},
		placement_groups: {},
		zones: {},
		actions: {},
	};
}
