import { randomUUID } from "node:crypto";
import {
	chmod,
	mkdir,
	readFile,
	rename,
	rm,
	writeFile,
} from "node:fs/promises";
import { join, resolve } from "node:path";
import type { SchoolOutputs } from "../stacks/outputs.ts";
import type { Placement } from "../stacks/placement.ts";
import type { CloudName } from "./cloud.ts";

/**
 * The directory of one school in one cloud: state, placement, outputs. Two clouds never share one.
 * The state may hold what is nobody else's business, so only the owner may enter (0700).
 */
export class Instance {
	readonly cloud: CloudName;
	readonly schoolId: string;
	readonly directory: string;

	/** @param root - the directory that holds `schools/` and `instances/` */
	constructor(root: string, cloud: CloudName, schoolId: string) {
		this.cloud = cloud;
		this.schoolId = schoolId;
		this.directory = resolve(root, "instances", cloud, schoolId);
	}

	get stateFile(): string {
		return join(this.directory, "terraform.tfstate");
	}

	async create(): Promise<void> {
		await mkdir(this.directory, { recursive: true, mode: 0o700 });
		await chmod(this.directory, 0o700);
	}

	async readPlacement(): Promise<Placement | undefined> {
		return this.#read<Placement>("placement.json");
	}

	async writePlacement(placement: Placement): Promise<void> {
		await this.#write("placement.json", placement);
	}

	async readOutputs(): Promise<SchoolOutputs | undefined> {
		return this.#read<SchoolOutputs>("outputs.json");
	}

	async writeOutputs(outputs: SchoolOutputs): Promise<void> {
		await this.#write("outputs.json", outputs);
	}

	/** Forgets where the machines stood; the state file stays as Terraform left it. */
	async forget(): Promise<void> {
		await rm(join(this.directory, "placement.json"), { force: true });
		await rm(join(this.directory, "outputs.json"), { force: true });
	}

	async #read<T>(name: string): Promise<T | undefined> {
		try {
			return JSON.parse(
				await readFile(join(this.directory, name), "utf8"),
			) as T;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
			throw error;
		}
	}

	async #write(name: string, value: unknown): Promise<void> {
		await this.create();
		const file = join(this.directory, name);
		const temporary = `${file}.${randomUUID()}`;
		await writeFile(temporary, `${JSON.stringify(value, null, "\t")}\n`, {
			mode: 0o600,
		});
		await rename(temporary, file);
	}
}
