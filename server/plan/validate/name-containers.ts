import type { ContainerBody, NodeDefinition } from "../node-definition";

/** What can hold steps, or only what runs its body like this, as in `a for each or a loop`. */
export function nameContainers(
	definitions: Readonly<Record<string, NodeDefinition>>,
	runs?: ContainerBody["runs"],
): string {
	const meant = Object.values(definitions).filter(({ body }) => body && (runs === undefined || body.runs === runs));
	return meant.map(({ title }) => `a ${title.toLowerCase()}`).join(" or ");
}
