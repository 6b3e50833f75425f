import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type Answer, decode, encode, type StringAnswer } from "dns-packet";

export interface DnsServer {
	/** For `Resolver.setServers`. */
	readonly address: string;
	/** What it answers from now on. */
	records: (Answer | StringAnswer)[];
	close(): void;
}

/** A name server on a loopback port that answers from a list and knows nothing else. */
export async function startDnsServer(
	records: (Answer | StringAnswer)[],
): Promise<DnsServer> {
	const socket = createSocket("udp4");
	const server: DnsServer = {
		address: "",
		records,
		close: () => socket.close(),
	};
	socket.on("message", (message, { port, address }) => {
		const query = decode(message);
		const question = query.questions?.[0];
		const answers = server.records.filter(
			({ name, type }) => name === question?.name && type === question?.type,
		);
		const known = server.records.some(({ name }) => name === question?.name);
		socket.send(
			encode({
				type: "response",
				id: query.id ?? 0,
				flags: known ? 0 : 3,
				questions: query.questions ?? [],
				answers: answers as Answer[],
			}),
			port,
			address,
		);
	});
	socket.bind(0, "127.0.0.1");
	await once(socket, "listening");
	return Object.assign(server, {
		address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
	});
}
