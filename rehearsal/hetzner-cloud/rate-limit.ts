/** The API's budget of requests: so many an hour, refilled evenly. */
export class RateLimit {
	readonly #limit: number;
	#left: number;
	#since: number;

	/** @param limit - requests an hour; Hetzner's is 3600 a project */
	constructor(limit: number, now = Date.now()) {
		this.#limit = limit;
		this.#left = limit;
		this.#since = now;
	}

	/** Takes one request from the budget. */
	take(now = Date.now()): {
		allowed: boolean;
		headers: Record<string, string>;
	} {
		const perMillisecond = this.#limit / 3_600_000;
		this.#left = Math.min(
			this.#limit,
			this.#left + (now - this.#since) * perMillisecond,
		);
		this.#since = now;
		const allowed = this.#left >= 1;
		if (allowed) this.#left -= 1;
		const full = now + (this.#limit - this.#left) / perMillisecond;
		return {
			allowed,
			headers: {
				"ratelimit-limit": String(this.#limit),
				"ratelimit-remaining": String(Math.floor(this.#left)),
				"ratelimit-reset": String(Math.ceil(full / 1000)),
			},
		};
	}
}
