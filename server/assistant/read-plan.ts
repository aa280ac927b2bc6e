import { WeftError } from "@/server/errors";
import { parsePlan } from "@/server/plan/parse-plan";
import type { Plan } from "@/server/plan/plan";
import { findLiteralSecrets, findSecretHeader } from "@/server/plan/validate/find-literal-secrets";

/** What models read and still have room to answer, in characters. */
const MAX_PLAN = 200_000;

/** The plan on somebody's canvas. Throws `invalid` for what is none, and for one that is too large to be sent. */
export function readPlan(given: unknown): Plan {
	const { plan } = parsePlan(given);
	if (!plan) throw new WeftError("invalid", "The workflow on the canvas cannot be read. Reload the page.");
	if (JSON.stringify(plan).length > MAX_PLAN)
		throw new WeftError(
			"invalid",
			"This workflow is too large for a model: 200,000 characters at most. Edit it by hand.",
		);
	return plan;
}

/**
 * A key that somebody typed in the place of a credential goes to no provider, wherever it stands. Throws `invalid` with the place.
 * @param workflow its name and description, where they are sent too
 */
export function refuseSecrets(
	{ provider, text = "" }: { provider: string; text?: string },
	{ notes: _, nodes, ...rest }: Plan,
	workflow: { name?: string; description?: string } = {},
): void {
	if (provider === "demo") return;
	const [typed] = findLiteralSecrets(text);
	if (typed)
		throw new WeftError("invalid", `The text holds what looks like ${typed.what}. Take it out, then ask again.`);
	const named = nodes.find((node) => holdsSecret(node));
	if (named) throw holding(`The step “${holdsSecret(named.name) ? named.id : named.name}”`);
	if (holdsSecret(rest)) throw holding("An input, a trigger or a setting of the workflow");
	if (holdsSecret([workflow.name, workflow.description])) throw holding("The name or description of the workflow");
}

function holding(place: string): WeftError {
	return new WeftError(
		"invalid",
		`${place} holds what looks like a key, which would be sent to the model. Move it to a credential first.`,
	);
}

/** Each text by itself: where one is written as a part of JSON, a key may no longer stand apart from what is before it. */
function holdsSecret(value: unknown, name = ""): boolean {
	if (typeof value === "string") return [...findLiteralSecrets(value), ...findSecretHeader(name, value)].length > 0;
	if (Array.isArray(value)) return value.some((item) => holdsSecret(item, name));
	if (value === null || typeof value !== "object") return false;
	return Object.entries(value).some(([key, item]) => holdsSecret(key) || holdsSecret(item, key));
}
