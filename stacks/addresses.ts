import { Fn } from "cdktn";
import { Construct } from "constructs";
import { PrimaryIp } from "./hcloud/primary-ip/index.ts";
import { Rdns } from "./hcloud/rdns/index.ts";
import { labels } from "./labels.ts";

export interface AddressesProps {
	readonly schoolId: string;
	readonly location: string;
	/** Name that both addresses point back to. */
	readonly hostName: string;
	/** False only while the whole instance, or its first, failed attempt, is taken down. */
	readonly preventDestroy: boolean;
}

/**
 * The school's own IPv4 and IPv6 address. They belong to the school and not to the server
 * (`auto_delete` off), so DNS stays right when a server has to be built anew.
 */
export class Addresses extends Construct {
	readonly ipv4: PrimaryIp;
	readonly ipv6: PrimaryIp;
	/** The server's address in the IPv6 network: the first host, as the cloud's images configure it. */
	readonly ipv6Address: string;

	constructor(scope: Construct, id: string, props: AddressesProps) {
		super(scope, id);
		const [ipv4, ipv6] = (["ipv4", "ipv6"] as const).map(
			(type) =>
				new PrimaryIp(this, type, {
					name: `${props.schoolId}-${type}`,
					type,
					location: props.location,
					autoDelete: false,
					deleteProtection: true,
					labels: labels(props.schoolId, "meeting"),
					lifecycle: { preventDestroy: props.preventDestroy },
				}),
		) as [PrimaryIp, PrimaryIp];
		this.ipv4 = ipv4;
		this.ipv6 = ipv6;
		this.ipv6Address = Fn.cidrhost(ipv6.ipNetwork, 1);

		new Rdns(this, "reverse-ipv4", {
			primaryIpId: ipv4.id,
			ipAddress: ipv4.ipAddress,
			dnsPtr: props.hostName,
		});
		new Rdns(this, "reverse-ipv6", {
			primaryIpId: ipv6.id,
			ipAddress: this.ipv6Address,
			dnsPtr: props.hostName,
		});
	}
}
