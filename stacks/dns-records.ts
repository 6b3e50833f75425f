import { Construct } from "constructs";
import { type DnsRecordSet, RECORD_TTL } from "./dns-plan.ts";
import { Zone } from "./hcloud/zone/index.ts";
import { ZoneRrset } from "./hcloud/zone-rrset/index.ts";
import { labels } from "./labels.ts";

export interface DnsRecordsProps {
	readonly schoolId: string;
	/** The zone's name, e.g. `musterschule.example`. */
	readonly zone: string;
	/** Create the zone here, or write into one that the project already holds. */
	readonly createZone: boolean;
	readonly records: DnsRecordSet[];
	/** False only while the whole instance is taken down. */
	readonly preventDestroy: boolean;
}

/** The school's records in the cloud's own DNS; nothing else in the zone is touched. */
export class DnsRecords extends Construct {
	/** The zone, if it is made here. */
	readonly zone: Zone | undefined;

	constructor(scope: Construct, id: string, props: DnsRecordsProps) {
		super(scope, id);
		this.zone = props.createZone
			? new Zone(this, "zone", {
					name: props.zone,
					mode: "primary",
					deleteProtection: true,
					labels: labels(props.schoolId),
					lifecycle: { preventDestroy: props.preventDestroy },
				})
			: undefined;
		for (const { name, type, values } of props.records) {
			new ZoneRrset(this, `${type.toLowerCase()}-${name}`, {
				zone: this.zone?.name ?? props.zone,
				name: nameInZone(name, props.zone),
				type,
				ttl: RECORD_TTL,
				records: values.map((value) => ({ value })),
				labels: labels(props.schoolId),
			});
		}
	}
}

/** `meet.school.example` in `school.example` is `meet`; the zone's own name is `@`. */
function nameInZone(name: string, zone: string): string {
	return name === zone ? "@" : name.slice(0, -zone.length - 1);
}
