/**
 * Where a school's machines stand and what they are: chosen once by the preflight from the
 * settings' ordered lists and the cloud's live stock, and kept with the instance, so that a later
 * deploy never moves or resizes a running server because the stock has changed.
 */
export interface Placement {
	/** Hetzner location, e.g. `nbg1`; all machines of a school stand in one location. */
	readonly location: string;
	/** Server type of the meeting server, e.g. `cpx42`. */
	readonly serverType: string;
	/** Server type of the bridge servers. */
	readonly bridgeType: string;
	/**
	 * Ids of SSH keys that the cloud project already holds outside this school, by the key's MD5
	 * fingerprint. The cloud refuses the same key twice in a project, and administrators often look
	 * after several schools.
	 */
	readonly sharedKeys: Readonly<Record<string, number>>;
}
