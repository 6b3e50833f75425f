import { TerraformResource, type TerraformStack } from "cdktn";

/**
 * Takes over resources that the cloud holds and the state does not know, because an answer of the
 * cloud was lost or the state itself: each gets an `import` block, so that the plan shows it and
 * nothing is made twice or deleted.
 *
 * @param importIds - the provider's import id by `type:name`; a record set's name is `name/type`
 */
export function adopt(
	stack: TerraformStack,
	importIds: Readonly<Record<string, string>>,
): void {
	for (const node of stack.node.findAll()) {
		if (!TerraformResource.isTerraformResource(node)) continue;
		const id = importIds[`${node.terraformResourceType}:${resourceName(node)}`];
		if (id !== undefined) node.importFrom(id);
	}
}

function resourceName(resource: TerraformResource): string {
	const { nameInput, typeInput } = resource as TerraformResource & {
		nameInput?: string;
		typeInput?: string;
	};
	return resource.terraformResourceType === "hcloud_zone_rrset"
		? `${nameInput}/${typeInput}`
		: (nameInput ?? resource.node.id);
}
