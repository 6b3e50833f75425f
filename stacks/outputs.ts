import { TerraformOutput, type TerraformStack } from "cdktn";
import type { DnsRecordSet } from "./dns-plan.ts";

/** A machine of a school as it stands: what the bootstrap and the checks need to reach it. */
export interface MachineOutput {
	readonly name: string;
	/** Empty where a machine of the operator's own has none. */
	readonly ipv4: string;
	readonly ipv6: string;
	/** Address in the private network; empty on a machine of the operator's own. */
	readonly privateAddress: string;
}

/** What a deployed school is known by; written to `outputs.json` of its instance. */
export interface SchoolOutputs {
	readonly domain: string;
	readonly meeting: MachineOutput;
	readonly bridges: readonly MachineOutput[];
	/** The records that the names need, wherever they are kept. */
	readonly dnsRecords: readonly DnsRecordSet[];
	/** Name servers that the domain must be delegated to; empty where no zone was made. */
	readonly nameServers: readonly string[];
}

/** Declares the outputs under stable names, so that `terraform output` reads like the type. */
export function declareOutputs(
	stack: TerraformStack,
	outputs: { [key in keyof SchoolOutputs]: unknown },
): void {
	for (const [name, value] of Object.entries(outputs)) {
		new TerraformOutput(stack, name, { value, staticId: true });
	}
}
