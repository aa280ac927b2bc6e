import type { z } from "zod";
import type { NodeDefinition } from "../plan/node-definition";
import { asJson, type Json, type JsonObject } from "../plan/values/json";
import { executeAgent } from "./agent/execute";
import { agentTurns } from "./agent/fork";
import { approvalWait } from "./approval/wait";
import { catalog, isNodeType, type NodeType } from "./catalog";
import { executeCodingAgent } from "./coding-agent/execute";
import { executeComment } from "./comment/execute";
import { executeCondition } from "./condition/execute";
import type {
	ContainerEnd,
	EndedItems,
	EndedRounds,
	ItemsContainer,
	OpenedItems,
	OpenedRounds,
	RoundsContainer,
} from "./container";
import { delayWait } from "./delay/wait";
import { executeEmail } from "./email/execute";
import type {
	Execute,
	ExecuteContext,
	StepCall,
	StepPause,
	StepQuestion,
	StepResult,
	StepUpdate,
} from "./execute-context";
import { executeFiles } from "./files/execute";
import { forEachContainer } from "./for-each/container";
import type { ForkableTurns } from "./forkable-turns";
import { executeGit } from "./git/execute";
import { executeGithub } from "./github/execute";
import { executeHttpRequest } from "./http-request/execute";
import { executeLlm } from "./llm/execute";
import { loopContainer } from "./loop/container";
import { executeOutput } from "./output/execute";
import { parseConfig } from "./parse-config";
import { executePython } from "./python/execute";
import { runWorkflowWait } from "./run-workflow/wait";
import { executeSendEvent } from "./send-event/execute";
import { executeShell } from "./shell/execute";
import { executeSideBySide } from "./side-by-side/execute";
import { executeSlack } from "./slack/execute";
import { executeState } from "./state/execute";
import { executeSwitch } from "./switch/execute";
import { executeTeams } from "./teams/execute";
import { executeTransform } from "./transform/execute";
import type { Wait, WaitEnd, WaitRequest, Woken } from "./wait";
import { waitForEventWait } from "./wait-for-event/wait";
import { executeWebhook } from "./webhook/execute";

/** What the walk of a run does with a node, by the kind of its type. Configs are resolved, and parsed by it. */
export type NodeExecutor = StepExecutor | WaitExecutor | ContainerExecutor;

interface StepExecutor {
	readonly kind: "step";
	/** Throws `FatalError` naming the fields when the config does not fit, else what the executor throws. */
	run(
		config: unknown,
		context: ExecuteContext,
	): Promise<StepResult<Json> | StepUpdate<Json> | StepQuestion | StepCall | StepPause>;
	/** How another run goes on from a turn of its transcript; undefined for a type that has no turns. */
	readonly turns?: ForkableTurns;
}

/** As `Wait`, for any type. */
export interface WaitExecutor {
	readonly kind: "wait";
	readonly endsBy: "time" | "answer";
	begin(config: unknown, now: number, recorded: JsonObject): WaitRequest;
	resume(config: JsonObject, woken: Woken): WaitEnd<Json> | undefined;
}

export type ContainerExecutor = ItemsExecutor | RoundsExecutor;

/** As `ItemsContainer`, for any type. */
export interface ItemsExecutor {
	readonly kind: "container";
	readonly runs: "items";
	open(config: unknown): OpenedItems;
	stopWhen(config: JsonObject): string | undefined;
	finish(ended: EndedItems): ContainerEnd;
}

/** As `RoundsContainer`, for any type. */
export interface RoundsExecutor {
	readonly kind: "container";
	readonly runs: "rounds";
	open(config: unknown): OpenedRounds;
	stopWhen(config: JsonObject): string | undefined;
	next(config: JsonObject): JsonObject;
	finish(config: JsonObject, ended: EndedRounds): ContainerEnd;
}

/** What runs each type of node. A type without its executor, or with one of another type or kind, does not compile. */
export const executors = {
	shell: bindStep(catalog.shell, executeShell),
	python: bindStep(catalog.python, executePython),
	"http-request": bindStep(catalog["http-request"], executeHttpRequest),
	git: bindStep(catalog.git, executeGit),
	files: bindStep(catalog.files, executeFiles),
	transform: bindStep(catalog.transform, executeTransform),
	state: bindStep(catalog.state, executeState),
	output: bindStep(catalog.output, executeOutput),
	condition: bindStep(catalog.condition, executeCondition),
	switch: bindStep(catalog.switch, executeSwitch),
	"for-each": bindItems(catalog["for-each"], forEachContainer),
	loop: bindRounds(catalog.loop, loopContainer),
	delay: bindWait(catalog.delay, delayWait),
	llm: bindStep(catalog.llm, executeLlm),
	agent: { ...bindStep(catalog.agent, executeAgent), turns: agentTurns },
	"coding-agent": bindStep(catalog["coding-agent"], executeCodingAgent),
	"side-by-side": bindStep(catalog["side-by-side"], executeSideBySide),
	approval: bindWait(catalog.approval, approvalWait),
	"run-workflow": bindWait(catalog["run-workflow"], runWorkflowWait),
	"send-event": bindStep(catalog["send-event"], executeSendEvent),
	"wait-for-event": bindWait(catalog["wait-for-event"], waitForEventWait),
	comment: bindStep(catalog.comment, executeComment),
	email: bindStep(catalog.email, executeEmail),
	webhook: bindStep(catalog.webhook, executeWebhook),
	slack: bindStep(catalog.slack, executeSlack),
	teams: bindStep(catalog.teams, executeTeams),
	github: bindStep(catalog.github, executeGithub),
} satisfies {
	[Type in NodeType]: NodeExecutor & { readonly type: Type; readonly kind: (typeof catalog)[Type]["kind"] };
};

/** The executor of a stored node's type; undefined for a type that this version does not know. */
export function executorOf(type: string): NodeExecutor | undefined {
	return isNodeType(type) ? executors[type] : undefined;
}

export function bindStep<Definition extends NodeDefinition & { kind: "step" }>(
	definition: Definition,
	execute: Execute<Definition, StepUpdate<z.infer<Definition["output"]>> | StepQuestion | StepCall | StepPause>,
) {
	const run: StepExecutor["run"] = async (config, context) => {
		const result = await execute(parseConfig<Definition["config"]>(definition.config, config), context);
		if ("output" in result) return { output: asJson(result.output) };
		if ("ask" in result || "call" in result || "paused" in result) return result;
		const { key, apply } = result;
		return {
			key,
			apply(before) {
				const { value, output } = apply(before);
				return { value, output: asJson(output) };
			},
		};
	};
	return { ...typed(definition), kind: "step" as const, run };
}

export function bindWait<Definition extends NodeDefinition & { kind: "wait" }>(
	definition: Definition,
	wait: Wait<Definition>,
) {
	return {
		...typed(definition),
		kind: "wait" as const,
		endsBy: wait.endsBy,
		begin: (config: unknown, now: number, recorded: JsonObject) =>
			wait.begin(parseConfig<Definition["config"]>(definition.config, config), now, recorded),
		resume(config: JsonObject, woken: Woken): WaitEnd<Json> | undefined {
			const end = wait.resume(config, woken);
			return end && ("output" in end ? { output: asJson(end.output) } : end);
		},
	};
}

export function bindItems<Definition extends NodeDefinition & { body: { runs: "items" } }>(
	definition: Definition,
	container: ItemsContainer<Definition>,
) {
	return {
		...typed(definition),
		...container,
		kind: "container" as const,
		open: (config: unknown) => container.open(parseConfig<Definition["config"]>(definition.config, config)),
		finish: (ended: EndedItems) => asEnd(container.finish(ended)),
	};
}

export function bindRounds<Definition extends NodeDefinition & { body: { runs: "rounds" } }>(
	definition: Definition,
	container: RoundsContainer<Definition>,
) {
	return {
		...typed(definition),
		...container,
		kind: "container" as const,
		open: (config: unknown) => container.open(parseConfig<Definition["config"]>(definition.config, config)),
		finish: (config: JsonObject, ended: EndedRounds) => asEnd(container.finish(config, ended)),
	};
}

function typed<Definition extends NodeDefinition>({ type }: Definition): { readonly type: Definition["type"] } {
	return { type };
}

function asEnd(end: ContainerEnd<unknown>): ContainerEnd {
	return { ...end, output: asJson(end.output) };
}
