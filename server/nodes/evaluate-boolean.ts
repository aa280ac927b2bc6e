import { FatalError } from "../errors";
import type { ExecuteContext } from "./execute-context";

/** The value of a condition. Anything but true or false is a mistake that the person should see, not a guess. */
export function evaluateBoolean(expression: string, context: Pick<ExecuteContext, "evaluate">): boolean {
	const value = context.evaluate(expression);
	if (typeof value === "boolean") return value;
	const shown = JSON.stringify(value) ?? String(value);
	throw new FatalError(
		`The condition ${expression} gave ${shown.slice(0, 80)}, which is neither true nor false. Compare it with something.`,
	);
}
