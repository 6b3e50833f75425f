import { SERVER_TYPES, type ServerTypeFacts } from "./server-types.ts";

export interface SizingQuestion {
	/** People in meetings at the same time. */
	readonly participants: number;
	/** Meetings at the same time. */
	readonly rooms: number;
	/** Height in lines of the largest picture that is sent. */
	readonly maxVideoHeight: 180 | 360 | 720;
}

export interface Sizing {
	/** Server types that carry it, best first. */
	readonly candidates: string[];
	readonly cores: number;
	readonly memoryGb: number;
	/** Out of the server at full load, Mbit/s. */
	readonly bandwidthMbit: number;
	/** TB a month, at {@link FULL_LOAD_HOURS} hours of full load. */
	readonly trafficTbPerMonth: number;
	/** Bridge servers to add, beyond what one server carries. */
	readonly suggestedBridges: number;
	/** `published`: within what load tests have shown; `extrapolated`: beyond. */
	readonly confidence: "published" | "extrapolated";
	/** One sentence on where the numbers come from. */
	readonly explanation: string;
}

/** Smallest memory on which jicofo and the bridge do not starve each other (Jitsi's handbook). */
export const MINIMUM_MEMORY_GB = 8;

/** Four lessons a day at full load on twenty school days. */
const FULL_LOAD_HOURS = 80;

/** kbit/s of one picture by its height (Jitsi's handbook, requirements). */
const PICTURE_KBIT: Record<SizingQuestion["maxVideoHeight"], number> = {
	180: 200,
	360: 500,
	720: 2500,
};

/** Pictures beside the large one that a client shows, as thumbnails of 180 lines. */
const THUMBNAILS = 8;

/**
 * People per core. Published: four cores carry about 100 people in small rooms (hpi-schul-cloud's
 * load test), and 14 who all send 720 lines (Jitsi's community). Half the load at 180 lines.
 */
const PEOPLE_PER_CORE: Record<SizingQuestion["maxVideoHeight"], number> = {
	180: 50,
	360: 25,
	720: 8,
};

/** The largest room and the largest load that published tests have shown on one server. */
const PUBLISHED = { room: 80, participants: 180 };

/** The web server, prosody, jicofo, coturn and the edge. */
const OTHER_CORES = 1;

/** Above it a further server serves better than a larger one (jicofo's stress threshold). */
const LARGEST_SENSIBLE_CORES = 16;

/** What a number of people needs, from published load figures; says how sure it is. */
export function sizeServer(question: SizingQuestion): Sizing {
	const { participants, rooms, maxVideoHeight } = question;
	const perRoom = Math.ceil(participants / rooms);
	const bridgeCores = participants / PEOPLE_PER_CORE[maxVideoHeight];
	const wanted = Math.max(2, Math.ceil(bridgeCores + OTHER_CORES));
	const cores = Math.min(wanted, LARGEST_SENSIBLE_CORES);
	const memoryGb = cores > 4 ? 16 : MINIMUM_MEMORY_GB;
	const perPerson =
		PICTURE_KBIT[maxVideoHeight] +
		Math.min(perRoom - 1, THUMBNAILS) * PICTURE_KBIT[180];
	const bandwidthMbit = Math.ceil((participants * perPerson) / 1000);
	const published =
		perRoom <= PUBLISHED.room && participants <= PUBLISHED.participants;
	return {
		candidates: SERVER_TYPES.filter(
			(type) =>
				type.architecture === "x86" &&
				type.cores >= cores &&
				type.memoryGb >= memoryGb,
		)
			.sort(byPreference)
			.slice(0, 6)
			.map(({ name }) => name),
		cores,
		memoryGb,
		bandwidthMbit,
		trafficTbPerMonth:
			Math.round(((bandwidthMbit * 3600 * FULL_LOAD_HOURS) / 8 / 1e6) * 10) /
			10,
		suggestedBridges: Math.ceil((wanted - cores) / LARGEST_SENSIBLE_CORES),
		confidence: published ? "published" : "extrapolated",
		explanation: `${participants} people in ${rooms} meetings at ${maxVideoHeight} lines: ${published ? "within published load tests" : "beyond published load tests, extrapolated"}; measure with your own classes.`,
	};
}

/** Fewer cores first; of equals AMD's shared line, then cores of one's own, then the oldest line. */
function byPreference(a: ServerTypeFacts, b: ServerTypeFacts): number {
	const line = ({ name }: ServerTypeFacts) =>
		["cpx", "ccx", "cx"].indexOf(name.replace(/\d+/, ""));
	return a.cores - b.cores || line(a) - line(b);
}
