import {
	chmodSync,
	mkdirSync,
	readFileSync,
	renameSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { VisibleError } from "../../visible-error.ts";
import { notFound, uniqueness } from "./api-error.ts";
import { emptyState, type Kind, type State } from "./records.ts";

/** What an error message calls an object of each kind. */
const WORDS: Record<Kind, string> = {
	servers: "server",
	primary_ips: "primary IP",
	firewalls: "firewall",
	networks: "network",
	ssh_keys: "SSH key",
	placement_groups: "placement group",
	zones: "zone",
};

/** The project's objects, in memory and in one file that is whole at every moment. */
export class Store {
	readonly state: State;
	readonly #file: string;

	/** @throws VisibleError if the directory cannot be used or holds something else */
	constructor(directory: string) {
		mkdirSync(directory, { recursive: true, mode: 0o700 });
		chmodSync(directory, 0o700);
		this.#file = join(directory, "state.json");
		this.state = readState(this.#file);
	}

	/** Called before a request that changed something is answered, so that no answer is a lie. */
	save(): void {
		const temporary = `${this.#file}.new`;
		writeFileSync(temporary, JSON.stringify(this.state), { mode: 0o600 });
		renameSync(temporary, this.#file);
	}

	newId(): number {
		this.state.next_id += 1;
		return this.state.next_id;
	}

	list<K extends Kind>(kind: K): State[K][string][] {
		return Object.values(this.state[kind]) as State[K][string][];
	}

	/** @throws ApiError not_found */
	get<K extends Kind>(kind: K, id: string | number): State[K][string] {
		const found = (this.state[kind] as Record<string, State[K][string]>)[id];
		if (!found || !Object.hasOwn(this.state[kind], id)) {
			throw notFound(WORDS[kind], id);
		}
		return found;
	}

	add<K extends Kind>(kind: K, object: State[K][string]): State[K][string] {
		(this.state[kind] as Record<string, State[K][string]>)[object.id] = object;
		return object;
	}

	remove(kind: Kind, id: number): void {
		delete this.state[kind][id];
	}

	/** @throws ApiError uniqueness_error if another object of the kind has the name */
	assertNameIsFree(kind: Kind, name: string, own?: number): void {
		if (
			this.list(kind).some(
				(object) => object.name === name && object.id !== own,
			)
		) {
			throw uniqueness("name", WORDS[kind]);
		}
	}
}

function readState(file: string): State {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return emptyState();
		throw error;
	}
	try {
		return { ...emptyState(), ...(JSON.parse(text) as State) };
	} catch {
		throw new VisibleError(
			`${file}: found something that is no state of the embedded cloud, expected what it wrote itself. Move the file away to start with an empty cloud.`,
		);
	}
}
