const SYSTEMS = [
	["debian-12", "Debian 12", "debian", "12", 114690387],
	["debian-13", "Debian 13", "debian", "13", 310557660],
	["ubuntu-24.04", "Ubuntu 24.04", "ubuntu", "24.04", 161547269],
	["ubuntu-26.04", "Ubuntu 26.04", "ubuntu", "26.04", 402153881],
] as const;

/** System images, one for each architecture. */
export const IMAGES = SYSTEMS.flatMap(
	([name, description, os_flavor, os_version, id]) =>
		(["x86", "arm"] as const).map((architecture, index) => ({
			id: id + index,
			type: "system",
			status: "available",
			name,
			description,
			image_size: null,
			disk_size: 5,
			created: "2025-08-13T06:00:00Z",
			created_from: null,
			bound_to: null,
			os_flavor,
			os_version,
			rapid_deploy: architecture === "x86",
			protection: { delete: false },
			deprecated: null,
			deleted: null,
			labels: {},
			architecture,
		})),
);

export function findImage(nameOrId: string | number, architecture?: string) {
	return IMAGES.find(
		(image) =>
			(image.name === nameOrId &&
				(architecture === undefined || image.architecture === architecture)) ||
			String(image.id) === String(nameOrId),
	);
}
