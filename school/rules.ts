import { knownCaaIssuer } from "./settings/certificates-section.ts";
import { LOGIN_METHODS } from "./settings/login-section.ts";

/** A rule between settings that a file breaks. */
export interface Breach {
	readonly path: readonly string[];
	/** "expected …; …" */
	readonly message: string;
}

/**
 * Rules between settings. They are judged on the file as written, so that they are told together
 * with the mistakes inside single settings; whatever is of the wrong kind is passed over here.
 */
export function crossRules(file: unknown): Breach[] {
	const at = (...path: string[]): unknown =>
		path.reduce<unknown>(
			(value, key) =>
				typeof value === "object" && value !== null && Object.hasOwn(value, key)
					? (value as Record<string, unknown>)[key]
					: undefined,
			file,
		);
	return [
		...landRules(at),
		...domainRules(at),
		...ownMachineRules(at),
		...loginRules(at),
		...administrationRules(at),
		...certificateRules(at),
		...stateRules(at),
	];
}

type At = (...path: string[]) => unknown;

function landRules(at: At): Breach[] {
	const country = at("school", "country") ?? "DE";
	return country !== "DE" && at("school", "land") !== undefined
		? [
				{
					path: ["school", "land"],
					message: "expected no Land outside Germany; remove the setting",
				},
			]
		: [];
}

function domainRules(at: At): Breach[] {
	const name = at("domain", "name");
	const zone = at("domain", "zone");
	const breaches: Breach[] = [];
	if (at("domain", "dns") !== "hetzner") {
		for (const key of ["zone", "createZone"]) {
			if (at("domain", key) === undefined) continue;
			breaches.push({
				path: ["domain", key],
				message:
					"expected only with dns: hetzner; remove it, or set dns: hetzner",
			});
		}
	} else if (
		typeof name === "string" &&
		typeof zone === "string" &&
		name !== zone &&
		!name.endsWith(`.${zone}`)
	) {
		breaches.push({
			path: ["domain", "zone"],
			message: `expected a zone that ${name} is in; write ${name.slice(name.indexOf(".") + 1)}, for example`,
		});
	}
	return breaches;
}

function ownMachineRules(at: At): Breach[] {
	if (at("server", "address") === undefined) return [];
	const bought = ["locations", "types", "backups"]
		.filter((key) => at("server", key) !== undefined)
		.map((key) => ({
			path: ["server", key],
			message:
				"expected only for a server from Hetzner; remove it, or remove server.address",
		}));
	const bridges = at("bridges", "count");
	return typeof bridges === "number" && bridges > 0
		? [
				...bought,
				{
					path: ["bridges", "count"],
					message:
						"expected 0 with a machine of your own, for bridges need Hetzner's private network; remove the setting",
				},
			]
		: bought;
}

function loginRules(at: At): Breach[] {
	const method = at("login", "method") ?? "accounts";
	return LOGIN_METHODS.filter((name) => name !== "accounts").flatMap(
		(name): Breach[] => {
			const given = at("login", name) !== undefined;
			if (method === name && !given) {
				return [
					{
						path: ["login", name],
						message: `expected the fields of login.${name}, which method: ${name} needs; add them`,
					},
				];
			}
			return given && method !== name
				? [
						{
							path: ["login", name],
							message: `expected only with method: ${name}; remove it, or change the method`,
						},
					]
				: [];
		},
	);
}

function administrationRules(at: At): Breach[] {
	const any = at("administration", "sshFrom") === "any";
	const reason = at("administration", "sshFromAnyReason") !== undefined;
	if (any === reason) return [];
	return [
		{
			path: ["administration", "sshFromAnyReason"],
			message: any
				? "expected a written reason why SSH must be open to the world; add it, or name your networks in sshFrom"
				: "expected only with sshFrom: any; remove it",
		},
	];
}

function certificateRules(at: At): Breach[] {
	const directory = at("certificates", "directory");
	return typeof directory === "string" &&
		at("certificates", "caaIssuer") === undefined &&
		knownCaaIssuer(directory) === undefined
		? [
				{
					path: ["certificates", "caaIssuer"],
					message:
						"expected the CAA identity of this authority, which is not a well-known one; see its documentation, e.g. letsencrypt.org",
				},
			]
		: [];
}

function stateRules(at: At): Breach[] {
	const bucket = at("state", "s3") !== undefined;
	const wanted = at("state", "backend") === "s3";
	if (bucket === wanted) return [];
	return [
		{
			path: ["state", "s3"],
			message: wanted
				? "expected the bucket and its location, which backend: s3 needs; add them"
				: "expected only with backend: s3; remove it, or set backend: s3",
		},
	];
}
