import type { PlanNode } from "../plan";
import type { JsonObject } from "../values/json";
import type { PlacedStage, StageStep } from "./place-stages";
import { gotoOf, type Stage } from "./stage-file";
import { permissionsOf, toolsOf } from "./stage-mode";
import type { WrittenPrompt } from "./stage-prompts";
import { retryOf } from "./stage-retry";
import { keepBraces } from "./stage-text";

/** What the steps of a stage are made with. */
export interface StepParts {
	placed: PlacedStage;
	parent: string | undefined;
	prompt: WrittenPrompt;
	/** The JSON schema of its result, where something reads a field of it. */
	result: JsonObject | undefined;
	/** Says what a key of the stage has no counterpart for. */
	note(key: string, message: string): void;
}

export function makeSteps(parts: StepParts): PlanNode[] {
	const { placed, parent, note } = parts;
	const { stage, steps } = placed;
	noteStage(stage, note);
	const { retry, problems } = retryOf(stage.config);
	for (const { key, message } of problems) note(key, message);
	const onFailure = onFailureOf(stage, note);
	return steps.map((step) => ({
		...{ id: step.id, type: step.worker.type, name: step.name, onFailure },
		...(retry && { retry }),
		...(parent !== undefined && { parent }),
		join: "all",
		position: { x: 0, y: 0 },
		config: configOf(parts, step),
	}));
}

function noteStage({ config }: Stage, note: StepParts["note"]): void {
	const { profile, role, providers, parallel_strategy: strategy } = config;
	if (profile && !["simple", "default"].includes(profile))
		note("profile", `The profile “${profile}” is in another file: here one step does the stage.`);
	if (role) note("role", `What the role “${role}” says is in another file: add it to the step.`);
	if (providers && strategy && strategy !== "all")
		note(
			"parallel_strategy",
			`“${strategy}” has no counterpart: all providers finish, and all that they say is handed on.`,
		);
}

function configOf(parts: StepParts, step: StageStep): JsonObject {
	const { placed, prompt, result, note } = parts;
	const { worker, role } = step;
	const { config } = placed.stage;
	if (worker.note) note(config.providers ? "providers" : "provider", worker.note);
	const told = role === undefined ? "" : keepBraces(`Your role: ${role}.`);
	if (worker.type === "coding-agent") return { agent: worker.agent, ...codingOf(parts, worker.agent, told) };
	const { skills = [], model } = config;
	if (skills.length > 0) note("skills", `Skills are named in the instructions alone: ${skills.join(", ")}.`);
	const lines = [told, skills.length > 0 ? keepBraces(`Skills to use: ${skills.join(", ")}.`) : ""];
	const instructions = lines.filter((line) => line !== "").join("\n");
	return {
		provider: worker.provider,
		...(model !== undefined && worker.provider !== "demo" && { model }),
		...prompt,
		...(instructions !== "" && { [worker.type === "llm" ? "system" : "instructions"]: instructions }),
		...(worker.type === "agent" && { tools: toolsOf(config, note) }),
		...(result && { jsonSchema: result }),
	};
}

/** That its program ended well is enough, as it was, unless something reads its result. */
function codingOf({ placed, prompt, result, note }: StepParts, agent: string, role: string): JsonObject {
	const { config } = placed.stage;
	const { skills = [], model } = config;
	if (skills.length > 0)
		note("skills", "Skills are files or folders of the run’s directory here. See that these are there.");
	return {
		...prompt,
		...(role !== "" && { role }),
		...(skills.length > 0 && { skills }),
		...(model !== undefined && { model }),
		permissions: permissionsOf(config, { agent, note }),
		success: result ? ["schema"] : [],
		...(result && { jsonSchema: result }),
	};
}

function onFailureOf({ config }: Stage, note: StepParts["note"]): PlanNode["onFailure"] {
	const { on_failure: wanted = "stop" } = config;
	if (gotoOf(config) !== undefined) return "branch";
	if (wanted === "continue") return "continue";
	if (!["stop", "retry", "fail", "abort"].includes(wanted))
		note("on_failure", `“${wanted}” is not known: a failure stops the run. Choose what it does in the step.`);
	return "stop";
}
