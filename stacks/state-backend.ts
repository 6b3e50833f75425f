import { LocalBackend, S3Backend, type TerraformStack } from "cdktn";

/** Where Terraform keeps its state: on the operator's disk, or on Hetzner Object Storage. */
export type StateSettings =
	| { readonly backend: "local" }
	| {
			readonly backend: "s3";
			readonly s3: {
				readonly bucket: string;
				readonly location: string;
				readonly key?: string | undefined;
			};
	  };

/**
 * Gives a stack its state backend. The S3 options are those Hetzner Object Storage needs: path-style
 * addresses and none of the checks that only Amazon answers. Its access keys come from the
 * environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`), never from a file of ours.
 *
 * @param stateFile - the state file of the local backend
 * @param defaultKey - the object's key where the settings name none
 */
export function stateBackend(
	stack: TerraformStack,
	state: StateSettings,
	stateFile: string,
	defaultKey: string,
): void {
	if (state.backend === "local") {
		new LocalBackend(stack, { path: stateFile });
		return;
	}
	const { bucket, location, key } = state.s3;
	new S3Backend(stack, {
		bucket,
		key: key ?? defaultKey,
		region: location,
		endpoints: { s3: `https://${location}.your-objectstorage.com` },
		usePathStyle: true,
		skipCredentialsValidation: true,
		skipRegionValidation: true,
		skipRequestingAccountId: true,
		skipMetadataApiCheck: true,
		skipS3Checksum: true,
		useLockfile: true,
	});
}
