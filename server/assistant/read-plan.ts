import { WeftError } from "@/server/errors";
import { parsePlan } from "@/server/plan/parse-plan";
import type { Plan } from "@/server/plan/plan";
import { findLiteralSecrets } from "@/server/plan/validate/find-literal-secrets";

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

/** A key that somebody typed in the place of a credential goes to no provider. Throws `invalid` with the place. */
export function refuseSecrets({ provider, text = "" }: { provider: string; text?: string }, plan: Plan): void {
	if (provider === "demo") return;
	const [typed] = findLiteralSecrets(text);
	if (typed)
		throw new WeftError("invalid", `The text holds what looks like ${typed.what}. Take it out, then ask again.`);
	const named = plan.nodes.find(({ config }) => findLiteralSecrets(JSON.stringify(config)).length > 0);
	if (named)
		throw new WeftError(
			"invalid",
			`The step “${named.name}” holds what looks like a key, which would be sent to the model. Move it to a credential first.`,
		);
	if (findLiteralSecrets(JSON.stringify([plan.inputs, plan.triggers])).length > 0)
		throw new WeftError(
			"invalid",
			"An input or a trigger holds what looks like a key, which would be sent to the model. Move it to a credential first.",
		);
}
