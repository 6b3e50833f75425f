import type { Settings } from "../school/settings.ts";
import { sizeServer } from "../school/sizing.ts";
import type { Placement } from "../stacks/placement.ts";
import type { ServerType } from "./catalogue.ts";

/** What a school has already and must not lose. */
export interface Standing {
	/** Where its addresses are. */
	readonly location: string;
	/** Type of its server; undefined if it has vanished and is to be made anew. */
	readonly serverType: string | undefined;
	readonly bridgeType: string | undefined;
}

/** A server type that turned out to be sold out although the catalogue called it available. */
export interface Refusal {
	readonly location: string;
	readonly serverType: string;
}

export type Choice =
	| {
			readonly ok: true;
			readonly location: string;
			readonly serverType: string;
			readonly bridgeType: string;
			/** Sentences about what differs from the first wish. */
			readonly notes: string[];
	  }
	| { readonly ok: false; readonly reason: string };

/** The server types a school accepts, best first: its own list, else what the sizing proposes. */
function acceptedTypes(settings: Settings): {
	meeting: string[];
	bridge: string[];
} {
	const { server, bridges, meetings } = settings;
	const meeting =
		server.types ??
		sizeServer({
			participants: server.participants,
			rooms: server.rooms,
			maxVideoHeight: meetings.maxVideoHeight,
		}).candidates;
	return { meeting, bridge: bridges.types ?? meeting };
}

/** The first of every list, for a synthesis that no cloud was asked about. */
export function firstWish(settings: Settings): Placement {
	const { meeting, bridge } = acceptedTypes(settings);
	return {
		location: settings.server.locations[0] as string,
		serverType: meeting[0] as string,
		bridgeType: bridge[0] as string,
		sharedKeys: {},
	};
}

/**
 * Chooses location and types from the ordered lists and the live stock. A better type in any
 * accepted location goes before a lesser type in the first location: distance inside the EU costs
 * milliseconds, a lesser type costs quality. What stands already stays, as long as the settings
 * still accept it, whatever the stock says.
 */
export function choosePlacement(
	settings: Settings,
	serverTypes: readonly ServerType[],
	standing?: Standing,
	refused: readonly Refusal[] = [],
): Choice {
	const accepted = acceptedTypes(settings);
	const wished = settings.server.locations;
	if (standing && !wished.includes(standing.location as never)) {
		return {
			ok: false,
			reason:
				`server.locations: found ${wished.join(", ")}, but the school stands in ${standing.location}, and machines and addresses cannot move. ` +
				`Put ${standing.location} back into the list; to move, destroy the school and deploy it again.`,
		};
	}
	const locations = standing ? [standing.location] : wished;
	const available = (type: string, location: string) =>
		!refused.some((r) => r.location === location && r.serverType === type) &&
		(serverTypes
			.find(({ name }) => name === type)
			?.locations.find(({ name }) => name === location)?.available ??
			false);
	const kept = (type: string | undefined, list: string[]) =>
		type !== undefined && list.includes(type) ? type : undefined;
	const bridgeIn = (location: string) =>
		kept(standing?.bridgeType, accepted.bridge) ??
		(settings.bridges.count === 0
			? accepted.bridge[0]
			: accepted.bridge.find((type) => available(type, location)));

	const keptType = kept(standing?.serverType, accepted.meeting);
	for (const serverType of keptType ? [keptType] : accepted.meeting) {
		for (const location of locations) {
			if (!keptType && !available(serverType, location)) continue;
			const bridgeType = bridgeIn(location);
			if (!bridgeType) continue;
			return {
				ok: true,
				location,
				serverType,
				bridgeType,
				notes: notes(
					accepted.meeting,
					locations,
					{ location, serverType },
					standing,
				),
			};
		}
	}
	return {
		ok: false,
		reason: soldOut(accepted, locations, settings.bridges.count, serverTypes),
	};
}

function notes(
	types: string[],
	locations: readonly string[],
	chosen: { location: string; serverType: string },
	standing: Standing | undefined,
): string[] {
	if (standing?.serverType && standing.serverType !== chosen.serverType) {
		return [
			`The settings no longer accept ${standing.serverType}: the server becomes a ${chosen.serverType} and is off for a few minutes.`,
		];
	}
	if (standing?.serverType) return [];
	const [type] = types;
	const [location] = locations;
	if (chosen.serverType === type && chosen.location === location) return [];
	return [
		`${type} is sold out in ${chosen.serverType === type ? location : locations.join(", ")}: fell back to ${chosen.serverType} in ${chosen.location}.`,
	];
}

function soldOut(
	accepted: { meeting: string[]; bridge: string[] },
	locations: readonly string[],
	bridges: number,
	serverTypes: readonly ServerType[],
): string {
	const unknown = [
		...new Set([...accepted.meeting, ...(bridges > 0 ? accepted.bridge : [])]),
	].filter((type) => !serverTypes.some(({ name }) => name === type));
	const inStock = serverTypes
		.filter(
			({ memory, architecture, locations: places }) =>
				memory >= 8 &&
				architecture === "x86" &&
				places.some(
					({ name, available }) => available && locations.includes(name),
				),
		)
		.map(({ name }) => name);
	return (
		`server.types: none of ${accepted.meeting.join(", ")}${bridges > 0 ? ` (with bridges of ${accepted.bridge.join(", ")})` : ""} can be had now in ${locations.join(", ")}` +
		`${unknown.length ? ` (unknown to the cloud: ${unknown.join(", ")})` : ""}. ` +
		(inStock.length
			? `In stock there with 8 GB or more: ${inStock.join(", ")}. Add one of them to server.types, or try again later.`
			: "Nothing with 8 GB or more is in stock there. Try again later, or accept more locations.")
	);
}
