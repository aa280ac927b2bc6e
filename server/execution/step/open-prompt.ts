import type { Sql } from "@/db/client";
import { FatalError } from "@/server/errors";
import { definitionOf } from "@/server/nodes/catalog";
import type { PlanNode } from "@/server/plan/plan";
import { checkVariables, completeVariables } from "@/server/plan/prompts/prompt-variables";
import { PromptTooLong, renderPrompt } from "@/server/plan/prompts/render-prompt";
import type { JsonObject } from "@/server/plan/values/json";
import { parsePromptFile } from "@/server/plan/yaml/prompt-file";
import type { RunContext } from "../run-context";

/** The prompt of the library that a step uses, in the version that was pinned when its run came, filled in. */
export async function openPrompt(
	sql: Sql,
	{ prompts }: Pick<RunContext, "prompts">,
	{ node, given }: { node: PlanNode; given: JsonObject },
): Promise<{ name: string; version: number; text: string }> {
	const pinned = Object.hasOwn(prompts, node.id) ? prompts[node.id] : undefined;
	const [row] = pinned
		? await sql<{ text: string }[]>`
			select text from prompt_versions where prompt_id = ${pinned.promptId} and version = ${pinned.version}`
		: [];
	if (!pinned || !row) throw new FatalError(explainMissing(node));
	const { prompt, problems } = parsePromptFile(row.text);
	if (!prompt) throw new FatalError(`The prompt cannot be read. ${problems[0].message}`);
	const { name, variables, parts } = prompt;
	const [problem] = checkVariables(variables, given);
	if (problem) throw new FatalError(`The prompt “${name}”, version ${pinned.version}: ${problem.message}`);
	return { name, version: pinned.version, text: render() };

	function render(): string {
		try {
			return renderPrompt(parts, completeVariables(variables, given));
		} catch (error) {
			throw error instanceof PromptTooLong ? new FatalError(error.message) : error;
		}
	}
}

function explainMissing({ type, config }: PlanNode): string {
	const use = definitionOf(type)?.promptOf?.(config);
	const version = use?.version === undefined ? "" : ` with version ${use.version}`;
	return `The library had no prompt “${use?.name ?? ""}”${version} when this run started. Choose another in the step, then run the workflow again.`;
}
