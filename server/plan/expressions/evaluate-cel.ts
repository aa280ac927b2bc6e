import type { Json } from "../values/json";
import { compileCel, explainFailure } from "./cel";
import { meterCel } from "./cel-meter";
import { celScope } from "./cel-scope";
import { toCelJson } from "./cel-values";
import { ExpressionError, refuseTruncated, type Scope } from "./scope";

/**
 * Evaluates an expression to a JSON value. JSON numbers are doubles; arithmetic with integer literals is allowed. The
 * work is bounded, so that no expression holds up the process that evaluates it.
 * @throws UnknownReferenceError when a key is not there, TruncatedValueError when it was too long, ExpressionError for anything else that goes wrong.
 */
export function evaluateCel(text: string, scope: Scope): Json {
	const { program, references, problem } = compileCel(text);
	if (problem) throw new ExpressionError(problem);
	refuseTruncated(
		references.map(({ path }) => path),
		scope,
	);
	try {
		return toCelJson(meterCel(program.ast, () => program(celScope(references, scope))));
	} catch (error) {
		throw explainFailure(text, error);
	}
}
