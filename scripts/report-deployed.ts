import { Resolver } from "node:dns/promises";
import type { Context } from "../provisioning/context.ts";
import { waitForRecords, zoneFileLines } from "../provisioning/dns-wait.ts";
import { Instance } from "../provisioning/instance.ts";
import type { Prepared } from "../provisioning/preflight-school.ts";
import { type MonthlyPrice, priceSentence } from "../provisioning/price.ts";
import { readStates } from "../provisioning/read-state.ts";
import type { StateResource } from "../provisioning/terraform-state.ts";
import type { School } from "../school/load-school.ts";
import type { SchoolOutputs } from "../stacks/outputs.ts";

/** How long a deploy waits for records that a person has to enter, and how often it looks. */
const DNS_PATIENCE_MS = 15 * 60_000;
const DNS_INTERVAL_MS = 10_000;

/** Shows what stands after a deploy: resources, addresses, and what is left to do for DNS. */
export async function reportDeployed(
	context: Context,
	prepared: readonly Prepared[],
	options: { json?: boolean } = {},
): Promise<void> {
	const schools = prepared.map(({ school }) => school);
	const states = await readStates(context, schools);
	const deployed = await Promise.all(
		prepared.map(async ({ school, placement, price }) => ({
			school: school.id,
			placement,
			price: price ?? null,
			resources: (states.get(school.id) ?? []).map(
				({ type, id, attributes }) => ({
					type,
					id,
					name: String(attributes.name ?? ""),
				}),
			),
			outputs: (await new Instance(
				context.root,
				context.cloud.name,
				school.id,
			).readOutputs()) as SchoolOutputs,
		})),
	);
	if (options.json) {
		console.log(
			JSON.stringify(
				{ cloud: context.cloud.name, schools: deployed },
				null,
				"\t",
			),
		);
	} else {
		for (const { school, outputs, price } of deployed) {
			console.log(
				`\n${school}\n${inventory(states.get(school) ?? [])}\n${summary(outputs, price)}`,
			);
		}
	}
	for (const [index, school] of schools.entries()) {
		await dnsToDo(
			context,
			school,
			(deployed[index] as { outputs: SchoolOutputs }).outputs,
		);
	}
}

function inventory(state: readonly StateResource[]): string {
	return state
		.map(({ type, id, attributes }) => {
			const kind = type.replace("hcloud_", "").replaceAll("_", " ");
			const detail = [
				attributes.name,
				attributes.server_type,
				attributes.type,
				attributes.ip_address,
				attributes.dns_ptr,
				attributes.location,
			]
				.filter((value) => typeof value === "string" && value !== "")
				.join("  ");
			return `  ${kind.padEnd(16)}${id.padEnd(28)}${detail}`;
		})
		.sort()
		.join("\n");
}

function summary(
	{ domain, meeting, bridges, nameServers }: SchoolOutputs,
	price: MonthlyPrice | null,
): string {
	const machines = [meeting, ...bridges].map(
		({ name, ipv4, ipv6 }) => `  ${name.padEnd(24)}${ipv4.padEnd(16)}${ipv6}`,
	);
	return [
		`  address of the meetings: https://${domain}/`,
		...machines,
		...(price ? [`  price: ${priceSentence(price)}`] : []),
		...(nameServers.length > 0
			? [`  name servers: ${nameServers.join(", ")}`]
			: []),
	].join("\n");
}

/** Says what is left to do for DNS, and waits for records that a person has to enter. */
async function dnsToDo(
	context: Context,
	school: School,
	outputs: SchoolOutputs,
): Promise<void> {
	const { dns, zone } = school.settings.domain;
	if (dns === "hetzner") {
		if (outputs.nameServers.length > 0) {
			context.report(
				`${school.id}: the registrar of ${zone} must delegate it to ${outputs.nameServers.join(" ")} (each deploy looks whether it does).`,
			);
		}
		return;
	}
	context.report(
		`${school.id}: enter these records where ${outputs.domain} is administered:`,
	);
	for (const line of zoneFileLines(outputs.dnsRecords))
		context.report(`  ${line}`);
	if (context.cloud.name === "rehearsal") {
		context.report(
			"Not awaited: the addresses are the embedded cloud's and exist nowhere.",
		);
		return;
	}
	const missing = await waitForRecords({
		records: outputs.dnsRecords,
		resolver: new Resolver({ timeout: 3000, tries: 2 }),
		patience: DNS_PATIENCE_MS,
		interval: DNS_INTERVAL_MS,
		report: context.report,
	});
	context.report(
		missing.length === 0
			? `${school.id}: all records are there.`
			: `${school.id}: not there yet: ${missing.map(({ name, type }) => `${name} ${type}`).join(", ")}. The server stands; deploy again later to look again.`,
	);
}
