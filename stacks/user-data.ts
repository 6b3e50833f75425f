import { stringify } from "yaml";

/** The account that administrators and the bootstrap log in to; it may become root by sudo. */
export const ADMINISTRATOR = "schuljitsi";

export interface UserDataProps {
	readonly publicKeys: readonly string[];
	/** Networks that may reach SSH until the bootstrap brings the full packet filter. */
	readonly sshNetworks: readonly string[];
}

/**
 * cloud-init's instructions for a server's first minutes: one account with the administrators'
 * keys, no root login, no passwords, security updates, and a packet filter that lets in nothing
 * but SSH. Everything else is the bootstrap's. All of it is public: user data can be read by every
 * process on the machine and stands in Terraform's state.
 */
export function userData(props: UserDataProps): string {
	const document = {
		users: [
			{
				name: ADMINISTRATOR,
				gecos: "schuljitsi administration",
				shell: "/bin/bash",
				sudo: "ALL=(ALL) NOPASSWD:ALL",
				lock_passwd: true,
				ssh_authorized_keys: [...props.publicKeys],
			},
		],
		disable_root: true,
		ssh_pwauth: false,
		write_files: [
			{
				path: "/etc/ssh/sshd_config.d/10-schuljitsi.conf",
				permissions: "0644",
				content: SSHD,
			},
			{
				path: "/etc/nftables.conf",
				permissions: "0755",
				content: packetFilter(props.sshNetworks),
			},
		],
		package_update: true,
		package_upgrade: true,
		packages: ["nftables", "unattended-upgrades", "zstd"],
		runcmd: [
			["systemctl", "enable", "--now", "nftables.service"],
			["systemctl", "try-reload-or-restart", "ssh.service"],
		],
	};
	return `#cloud-config\n${stringify(document, { lineWidth: 0 })}`;
}

const SSHD = `PermitRootLogin no
PasswordAuthentication no
KbdInteractiveAuthentication no
AllowUsers ${ADMINISTRATOR}
`;

/** One table of our own: flushing the whole ruleset would cut Docker's networks off. */
function packetFilter(sshNetworks: readonly string[]): string {
	// One rule a network: nft refuses a set whose networks overlap.
	const ssh = sshNetworks.map(
		(network) =>
			`${network.includes(":") ? "ip6" : "ip"} saddr ${network} tcp dport 22 accept`,
	);
	return `#!/usr/sbin/nft -f
table inet schuljitsi
delete table inet schuljitsi
table inet schuljitsi {
	chain input {
		type filter hook input priority filter; policy drop;
		iif lo accept
		ct state established,related accept
		ct state invalid drop
		meta l4proto { icmp, ipv6-icmp } accept
${ssh.map((line) => `\t\t${line}`).join("\n")}
	}
}
`;
}
