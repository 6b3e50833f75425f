/**
 * What a machine without internet cannot do: the beginnings of the reasons with which a test may
 * skip itself in CI. Everything else has to run there.
 */
export const ALLOWED_SKIPS: readonly string[] = [
	"the official OpenAPI document is not here",
];
