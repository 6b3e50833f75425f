import { terraformEnvironment } from "../terraform/terraform-environment.ts";
import { type Cloud, cloudFromEnvironment, cloudSentence } from "./cloud.ts";
import { embeddedCloud } from "./embedded-cloud.ts";
import { HetznerClient } from "./hetzner-client.ts";

/** What every command that speaks to a cloud works with. */
export interface Context {
	/** The directory that holds `schools/` and `instances/`. */
	readonly root: string;
	readonly cloud: Cloud;
	readonly client: HetznerClient;
	/** Environment of Terraform and the CDK: tools found, token and endpoint set. */
	readonly environment: NodeJS.ProcessEnv;
	/** Prints a sentence of progress on stderr. */
	readonly report: (sentence: string) => void;
}

/** Prints a sentence on stderr, where it does not mix with a command's result. */
export function report(sentence: string): void {
	process.stderr.write(`${sentence}\n`);
}

/**
 * Runs a command against the cloud that the environment asks for, and says which, first and last:
 * nobody may believe that a real server stands where none does.
 *
 * @param options - `embedded`: the embedded cloud even if a token is set
 */
export async function withCloud<T>(
	work: (context: Context) => Promise<T>,
	options: { embedded?: boolean } = {},
): Promise<T> {
	const root = process.cwd();
	const asked = options.embedded
		? undefined
		: cloudFromEnvironment(process.env);
	const sentence = cloudSentence(asked?.name ?? "rehearsal");
	report(sentence);
	const tools = await terraformEnvironment(report);
	const { cloud, close } = asked
		? { cloud: asked, close: async () => {} }
		: await embeddedCloud(root);
	try {
		return await work({
			root,
			cloud,
			client: new HetznerClient(cloud),
			environment: {
				...process.env,
				...tools,
				HCLOUD_TOKEN: cloud.token,
				HCLOUD_ENDPOINT: cloud.endpoint,
			},
			report,
		});
	} finally {
		await close();
		report(sentence);
	}
}
