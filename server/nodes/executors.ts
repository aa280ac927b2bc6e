import type { NodeDefinition } from "../plan/node-definition";
import { asJson, type Json } from "../plan/values/json";
import { catalog, type StepType } from "./catalog";
import { executeComment } from "./comment/execute";
import { executeCondition } from "./condition/execute";
import type { ExecuteContext, ExecuteOrUpdate, StepResult, StepUpdate } from "./execute-context";
import { executeHttpRequest } from "./http-request/execute";
import { executeLlm } from "./llm/execute";
import { executeOutput } from "./output/execute";
import { parseConfig } from "./parse-config";
import { executePython } from "./python/execute";
import { executeShell } from "./shell/execute";
import { executeState } from "./state/execute";
import { executeSwitch } from "./switch/execute";
import { executeTransform } from "./transform/execute";

/**
 * Runs a step: parses a config whose references are resolved, then executes it.
 * Throws `FatalError` naming the fields when the config does not fit, else what the executor throws.
 */
export type RunStep = (config: unknown, context: ExecuteContext) => Promise<StepResult<Json> | StepUpdate<Json>>;

/** What runs each type of step. A type without its executor, or with another's, does not compile. */
export const executors = {
	shell: bindExecutor(catalog.shell, executeShell),
	python: bindExecutor(catalog.python, executePython),
	"http-request": bindExecutor(catalog["http-request"], executeHttpRequest),
	transform: bindExecutor(catalog.transform, executeTransform),
	state: bindExecutor(catalog.state, executeState),
	output: bindExecutor(catalog.output, executeOutput),
	condition: bindExecutor(catalog.condition, executeCondition),
	switch: bindExecutor(catalog.switch, executeSwitch),
	llm: bindExecutor(catalog.llm, executeLlm),
	comment: bindExecutor(catalog.comment, executeComment),
} satisfies { [Type in StepType]: RunStep & { readonly stepType: Type } };

/** The executor of a stored node's type; `undefined` for containers, waits and unknown types. */
export function executorOf(type: string): RunStep | undefined {
	return isStepType(type) ? executors[type] : undefined;
}

function isStepType(type: string): type is StepType {
	return Object.hasOwn(executors, type);
}

function bindExecutor<Definition extends NodeDefinition>(definition: Definition, execute: ExecuteOrUpdate<Definition>) {
	const stepType: Definition["type"] = definition.type;
	const runStep: RunStep = async (config, context) => {
		const result = await execute(parseConfig<Definition["config"]>(definition.config, config), context);
		if ("output" in result) return { output: asJson(result.output), port: result.port };
		const { key, apply } = result;
		return {
			key,
			apply(before) {
				const { value, output } = apply(before);
				return { value, output: asJson(output) };
			},
		};
	};
	return Object.assign(runStep, { stepType });
}
