import { z } from "zod";
import { administrationSection } from "./settings/administration-section.ts";
import {
	certificatesSection,
	knownCaaIssuer,
} from "./settings/certificates-section.ts";
import { domainSection } from "./settings/domain-section.ts";
import { embeddingSection } from "./settings/embedding-section.ts";
import { loginSection } from "./settings/login-section.ts";
import { meetingsSection } from "./settings/meetings-section.ts";
import { privacySection } from "./settings/privacy-section.ts";
import { schoolSection } from "./settings/school-section.ts";
import { bridgesSection, serverSection } from "./settings/server-section.ts";
import { stateSection } from "./settings/state-section.ts";

/** A school's file: every setting is declared once, with type, default, documentation, example. */
export const settingsSchema = z
	.strictObject({
		school: schoolSection,
		domain: domainSection,
		server: serverSection.prefault({}),
		bridges: bridgesSection.prefault({}),
		meetings: meetingsSection.prefault({}),
		login: loginSection.prefault({}),
		privacy: privacySection.prefault({}),
		administration: administrationSection,
		certificates: certificatesSection.prefault({}),
		embedding: embeddingSection.prefault({}),
		state: stateSection.prefault({}),
	})
	.meta({
		title: "schuljitsi: a school's video conferences",
		description:
			"One file describes one school; its name is the school's short name.",
	});

type Parsed = z.output<typeof settingsSchema>;

/** People that one meeting counts when the settings do not say how many meetings there are. */
const PEOPLE_PER_ROOM = 25;

/** A school's settings with every default filled in. */
export type Settings = Omit<
	Parsed,
	"school" | "domain" | "server" | "administration" | "certificates" | "state"
> & {
	readonly school: Parsed["school"] & {
		contact: NonNullable<Parsed["school"]["contact"]>;
	};
	readonly domain: Parsed["domain"] & { zone: string; createZone: boolean };
	readonly server: Parsed["server"] & { rooms: number };
	readonly administration: Parsed["administration"] & { alertEmail: string };
	readonly certificates: Parsed["certificates"] & { caaIssuer: string };
	readonly state:
		| { readonly backend: "local" }
		| {
				readonly backend: "s3";
				readonly s3: NonNullable<Parsed["state"]["s3"]>;
		  };
};

/** Fills in the defaults that depend on other settings. The settings must have passed all rules. */
export function complete(parsed: Parsed): Settings {
	const { school, domain, server, administration, certificates, state } =
		parsed;
	const { email, phone } = school.operator;
	return {
		...parsed,
		school: {
			...school,
			contact: school.contact ?? { email, ...(phone ? { phone } : {}) },
		},
		domain: {
			...domain,
			zone: domain.zone ?? parentName(domain.name),
			createZone: domain.createZone ?? false,
		},
		server: {
			...server,
			rooms: server.rooms ?? Math.ceil(server.participants / PEOPLE_PER_ROOM),
		},
		administration: {
			...administration,
			alertEmail: administration.alertEmail ?? email,
		},
		certificates: {
			...certificates,
			caaIssuer:
				certificates.caaIssuer ?? knownCaaIssuer(certificates.directory) ?? "",
		},
		state:
			state.backend === "s3" && state.s3
				? { backend: "s3", s3: state.s3 }
				: { backend: "local" },
	};
}

/** `meet.school.example` -> `school.example`; a name of two labels is its own zone. */
function parentName(name: string): string {
	return name.split(".").length > 2 ? name.slice(name.indexOf(".") + 1) : name;
}
