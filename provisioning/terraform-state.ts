/** One resource as Terraform's state knows it. */
export interface StateResource {
	/** e.g. `hcloud_server` */
	readonly type: string;
	/** The cloud's id of it. */
	readonly id: string;
	readonly attributes: Readonly<Record<string, unknown>>;
	/** Its creation failed half way; Terraform wants to replace it. */
	readonly tainted: boolean;
}

interface StateDocument {
	readonly version?: number;
	readonly resources?: readonly {
		readonly mode: string;
		readonly type: string;
		readonly instances: readonly {
			readonly attributes?: Record<string, unknown>;
			readonly status?: string;
		}[];
	}[];
}

/**
 * The managed resources in a state document (format version 4, which Terraform and OpenTofu share).
 *
 * @param text - the document, as in the state file or from `terraform state pull`; empty = no state
 * @returns undefined if the document cannot be read here, e.g. because OpenTofu encrypted it
 */
export function stateResources(text: string): StateResource[] | undefined {
	if (text.trim() === "") return [];
	let document: StateDocument;
	try {
		document = JSON.parse(text) as StateDocument;
	} catch {
		return undefined;
	}
	const { version, resources } = document;
	if (version !== 4 || resources === undefined) return undefined;
	return resources
		.filter(({ mode }) => mode === "managed")
		.flatMap(({ type, instances }) =>
			instances.map(({ attributes = {}, status }) => ({
				type,
				id: String(attributes.id ?? ""),
				attributes,
				tainted: status === "tainted",
			})),
		);
}
