/** The hcloud provider that the bindings in stacks/hcloud were generated from. */
export const PROVIDER = {
	source: "hetznercloud/hcloud",
	version: "1.68.0",
	goModule: "github.com/hetznercloud/terraform-provider-hcloud",
	/** What its go.mod asks for. */
	oldestGo: "1.26.4",
	/** Hosts under which Terraform and OpenTofu look for `hetznercloud/hcloud`. */
	registries: ["registry.terraform.io", "registry.opentofu.org"],
} as const;

/** The oldest Terraform and OpenTofu that lock a state in a bucket by themselves. */
export const OLDEST_VERSION = [1, 10] as const;

/** Built from its Go module where nothing can be downloaded; Go checks it by its public sum database. */
export const OPENTOFU = {
	version: "1.11.4",
	goModule: "github.com/opentofu/opentofu",
	goPackage: "github.com/opentofu/opentofu/cmd/tofu",
} as const;

/**
 * The Terraform release that is downloaded where none is on the PATH, with the SHA-256 of its
 * archives as several packagers record them, independently of each other. A platform without a
 * known sum is not downloaded.
 */
export const TERRAFORM = {
	version: "1.11.4",
	host: "https://releases.hashicorp.com",
	archives: {
		"linux-x64": [
			"terraform_1.11.4_linux_amd64.zip",
			"1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
		],
		"linux-arm64": [
			"terraform_1.11.4_linux_arm64.zip",
			"a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
		],
		"darwin-x64": [
			"terraform_1.11.4_darwin_amd64.zip",
			"a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
		],
		"darwin-arm64": [
			"terraform_1.11.4_darwin_arm64.zip",
			"867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
		],
	} as Readonly<Record<string, readonly [archive: string, sha256: string]>>,
} as const;
