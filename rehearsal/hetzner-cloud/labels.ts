import { z } from "zod";

const VALUE = /^$|^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const KEY =
	/^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** Labels by the rules of the API's documentation (section Labels), which are those of Kubernetes. */
export const labelsField = z.record(
	z.string().regex(KEY, "invalid label key"),
	z.string().regex(VALUE, "invalid label value"),
);
