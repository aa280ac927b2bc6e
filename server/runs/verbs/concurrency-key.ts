import { WeftError } from "@/server/errors";
import { resolveTemplate } from "@/server/plan/expressions/references";
import { ExpressionError, type Scope, UnknownReferenceError } from "@/server/plan/expressions/scope";
import type { Plan } from "@/server/plan/plan";
import { toText } from "@/server/plan/values/value-text";

/** The key whose runs count together under the concurrency rule; one for all runs if the rule has no key. Null without a rule. */
export function concurrencyKeyOf({ settings: { concurrency } }: Plan, scope: Scope): string | null {
	if (concurrency === undefined) return null;
	return concurrency.key === undefined ? "" : resolveKey(concurrency.key, scope).slice(0, 500);
}

/** Throws `conflict` for a key that names what this start does not bring, as of a version published before this was checked. */
function resolveKey(key: string, scope: Scope): string {
	try {
		return toText(resolveTemplate(key, scope).value);
	} catch (error) {
		if (!(error instanceof UnknownReferenceError) && !(error instanceof ExpressionError)) throw error;
		throw new WeftError(
			"conflict",
			`The run cannot start: “Count by” cannot be evaluated. ${error.message} Fix “Count by” in the workflow's settings and publish it.`,
		);
	}
}
