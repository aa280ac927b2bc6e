import type { Json } from "../plan/json";
import { isNodeType } from "./catalog";
import type { ExecuteContext, StepResult } from "./execute-context";
import { executors } from "./executors";

/** An executor whose config type is no longer known: pass what the definition's schema has parsed. */
export type AnyExecutor = (config: Record<string, unknown>, context: ExecuteContext) => Promise<StepResult<Json>>;

/** The executor of a stored node's type; `undefined` for containers, waits and types that this version does not know. */
export function executorOf(type: string): AnyExecutor | undefined {
	return isNodeType(type) && type in executors
		? forgetConfigType(executors[type as keyof typeof executors])
		: undefined;
}

/** Safe because the caller parses the config with the schema of the same type. */
function forgetConfigType(executor: unknown): AnyExecutor {
	return executor as AnyExecutor;
}
