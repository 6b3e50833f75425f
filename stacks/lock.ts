/** Parts of a school that are locked against destruction. */
export type Lock = "server" | "addresses" | "zone";

export const LOCKS: readonly Lock[] = ["server", "addresses", "zone"];
