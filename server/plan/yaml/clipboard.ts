import { DEFAULT_TRIGGERS } from "@/server/triggers/catalog";
import type { PlanPart } from "../edits/paste-nodes";
import type { Definitions } from "../edits/plan-edit";
import type { Issue } from "../issue";
import { PLAN_LIMITS } from "../plan";
import { validatePlan } from "../validate/validate-plan";
import { parseWorkflowYaml, stringifyWorkflow } from "./plan-yaml";
import type { YamlProblem } from "./yaml-problem";

/**
 * Writes copied steps as the text of a small workflow: fit for the system clipboard, for a chat, for a file. Reads back
 * the same.
 */
export function toClipboard(part: PlanPart): string {
	const plan = { version: 1 as const, triggers: [...DEFAULT_TRIGGERS], settings: { timeoutSeconds: 86_400 } };
	return stringifyWorkflow({ name: CLIPBOARD_NAME, description: "", plan: { ...plan, ...part } });
}

export type Clipping = { part: PlanPart; problem?: undefined } | { part?: undefined; problem: YamlProblem };

/**
 * Reads copied steps, or a whole workflow as somebody posts it in a chat: also between the fences of a code block, and
 * without the lines of its head. What would break the plan that it is pasted into is a problem at its line.
 */
export function fromClipboard(text: string, definitions: Definitions): Clipping {
	if (text.length > PLAN_LIMITS.bytes)
		return { problem: { line: 1, column: 1, message: "This text is too large to paste." } };
	const block = findBlock(text);
	if (!HAS_STEPS.test(block.text)) return { problem: NO_STEPS };
	const { text: whole, added } = completeHead(block.text);
	const { file, locate, problems } = parseWorkflowYaml(whole);
	const shift = block.line - added;
	if (problems) return { problem: moveProblem(problems[0], shift) };
	const { nodes, edges, notes, inputs } = file.plan;
	if (nodes.length + notes.length === 0) return { problem: NO_STEPS };
	const wrong = validatePlan(file.plan, { definitions }).find(({ code }) => STRUCTURAL.has(code));
	if (wrong) return { problem: moveProblem(atPlace(wrong, locate(wrong)), shift) };
	return { part: { nodes, edges, notes, inputs } };
}

const CLIPBOARD_NAME = "Steps";

const NO_STEPS: YamlProblem = {
	line: 1,
	column: 1,
	message: "The clipboard holds no steps. Copy some on a canvas, or the YAML of a workflow.",
};

/** Mistakes that no plan may get by an edit. All others come along and are shown where they are. */
const STRUCTURAL: ReadonlySet<string> = new Set([
	"duplicate_id",
	"duplicate_edge",
	"unknown_node",
	"unknown_parent",
	"parent_no_container",
	"parent_cycle",
	"too_deep",
	"self_edge",
	"crosses_container",
	"cycle",
]);

interface Block {
	text: string;
	/** Lines before it. */
	line: number;
}

/** The first code block that holds steps; the whole text when there is none. */
function findBlock(text: string): Block {
	const lines = text.split("\n");
	let open: { fence: string; line: number } | undefined;
	for (const [index, line] of lines.entries()) {
		const [, fence, info = ""] = FENCE.exec(line) ?? [];
		if (fence === undefined) continue;
		if (open === undefined) open = { fence, line: index + 1 };
		else if (fence.startsWith(open.fence) && info.trim() === "") {
			const body = `${lines.slice(open.line, index).join("\n")}\n`;
			if (HAS_STEPS.test(body)) return { text: body, line: open.line };
			open = undefined;
		}
	}
	return { text, line: 0 };
}

/** As Markdown has it: three or more of one character, and the language behind the opening ones. */
const FENCE = /^[ \t]*(`{3,}|~{3,})(.*)$/s;
const HAS_STEPS = /^[ \t]*(?:nodes|notes)[ \t]*:/m;

/** Only some lines of a workflow are posted often: its version and name say nothing about the steps. */
function completeHead(text: string): { text: string; added: number } {
	const [, indent = ""] =
		/^()(?:nodes|notes)[ \t]*:/m.exec(text) ?? /^([ \t]*)(?:nodes|notes)[ \t]*:/m.exec(text) ?? [];
	const missing = [
		...(hasKey(text, indent, "version") ? [] : ["version: 1"]),
		...(hasKey(text, indent, "name") ? [] : [`name: ${CLIPBOARD_NAME}`]),
		...(hasKey(text, indent, "nodes") ? [] : ["nodes: []"]),
	];
	return { text: [...missing.map((line) => indent + line), text].join("\n"), added: missing.length };
}

function hasKey(text: string, indent: string, key: string): boolean {
	return new RegExp(`^${indent}${key}[ \\t]*:`, "m").test(text);
}

function moveProblem(problem: YamlProblem, lines: number): YamlProblem {
	return { ...problem, line: Math.max(1, problem.line + lines) };
}

function atPlace({ message }: Issue, place: { line: number; column: number }): YamlProblem {
	return { ...place, message };
}
