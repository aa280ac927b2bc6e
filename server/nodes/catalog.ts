import type { NodeDefinition } from "../plan/node-definition";
import { agentDefinition } from "./agent/definition";
import { approvalDefinition } from "./approval/definition";
import { codingAgentDefinition } from "./coding-agent/definition";
import { commentDefinition } from "./comment/definition";
import { conditionDefinition } from "./condition/definition";
import { delayDefinition } from "./delay/definition";
import { emailDefinition } from "./email/definition";
import { filesDefinition } from "./files/definition";
import { forEachDefinition } from "./for-each/definition";
import { gitDefinition } from "./git/definition";
import { githubDefinition } from "./github/definition";
import { httpRequestDefinition } from "./http-request/definition";
import { llmDefinition } from "./llm/definition";
import { loopDefinition } from "./loop/definition";
import { outputDefinition } from "./output/definition";
import { pythonDefinition } from "./python/definition";
import { runWorkflowDefinition } from "./run-workflow/definition";
import { sendEventDefinition } from "./send-event/definition";
import { shellDefinition } from "./shell/definition";
import { sideBySideDefinition } from "./side-by-side/definition";
import { slackDefinition } from "./slack/definition";
import { stateDefinition } from "./state/definition";
import { switchDefinition } from "./switch/definition";
import { teamsDefinition } from "./teams/definition";
import { transformDefinition } from "./transform/definition";
import { waitForEventDefinition } from "./wait-for-event/definition";
import { webhookDefinition } from "./webhook/definition";

/** Every type of step, in the order of the palette. */
export const catalog = {
	shell: shellDefinition,
	python: pythonDefinition,
	"http-request": httpRequestDefinition,
	git: gitDefinition,
	files: filesDefinition,
	transform: transformDefinition,
	state: stateDefinition,
	output: outputDefinition,
	condition: conditionDefinition,
	switch: switchDefinition,
	"for-each": forEachDefinition,
	loop: loopDefinition,
	delay: delayDefinition,
	llm: llmDefinition,
	agent: agentDefinition,
	"coding-agent": codingAgentDefinition,
	"side-by-side": sideBySideDefinition,
	approval: approvalDefinition,
	"run-workflow": runWorkflowDefinition,
	"send-event": sendEventDefinition,
	"wait-for-event": waitForEventDefinition,
	comment: commentDefinition,
	email: emailDefinition,
	webhook: webhookDefinition,
	slack: slackDefinition,
	teams: teamsDefinition,
	github: githubDefinition,
} satisfies Record<string, NodeDefinition>;

export type NodeType = keyof typeof catalog;

export function isNodeType(type: string): type is NodeType {
	return Object.hasOwn(catalog, type);
}

/** The definition of a stored node's type; `undefined` for a type that this version does not know. */
export function definitionOf(type: string): NodeDefinition | undefined {
	return isNodeType(type) ? catalog[type] : undefined;
}
