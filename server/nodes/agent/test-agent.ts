import { createScriptedModel, type ScriptedTurn } from "@/server/llm/scripted-model";
import type { Json, JsonObject } from "@/server/plan/values/json";
import type { Workspace } from "@/server/runners/runner";
import type { ExecuteContext, ShownEvent } from "../execute-context";
import { createTestContext } from "../test-context";
import type { WaitAnswer } from "../wait";
import { agentDefinition } from "./definition";
import { executeAgent } from "./execute";

interface TestAgent {
	config: JsonObject;
	script: Parameters<typeof createScriptedModel>[0];
	/** What any address answers. */
	page?: string;
	trigger?: JsonObject;
	/** What else its references lead to, by their roots. */
	given?: JsonObject;
	budget?: ExecuteContext["budget"];
	/** What the library holds. */
	prompt?: ExecuteContext["prompt"];
	tokens?: (asked: number) => number;
	/** What a program prints, by its command line. */
	program?: (command: string) => string;
	/** How each program ends. */
	exitCode?: number;
	/** How long a program runs. */
	pause?: () => Promise<void>;
}

/** An agent whose model follows a script, whose programs only note that they were started, and whose records stay in memory. */
export function createTestAgent({
	config,
	script,
	page = "",
	trigger = {},
	given = {},
	budget,
	prompt,
	program,
	pause,
	tokens,
	exitCode = 0,
}: TestAgent) {
	const entries: Json[] = [];
	const events: ShownEvent[] = [];
	const started: string[] = [];
	const sent: string[] = [];
	let answer: WaitAnswer | null = null;
	let asked: string | undefined;
	const model = createScriptedModel(script, tokens);
	const workspace: Workspace = {
		directory: "/workspace",
		async exec(command, { onOutput, stdin }) {
			const line = [...command.slice(1), stdin ?? ""].join(" ");
			started.push(line);
			await pause?.();
			onOutput("stdout", program?.(line) ?? "");
			return { ...NOTHING, exitCode };
		},
	};
	const transcript: ExecuteContext["transcript"] = {
		read: async () => ({ entries: [...entries], answer }),
		async append(entry, told = {}) {
			entries.push(JSON.parse(JSON.stringify(entry)));
			events.push(...(told.events ?? []));
			if (told.takesAnswer) answer = null;
		},
		isPaused: () => false,
	};
	const context = createTestContext({
		...(budget && { budget }),
		...(prompt && { prompt }),
		...{ llm: model.provider, workspace, transcript, roots: { trigger, steps: {}, ...given } },
		async fetch(url, init) {
			sent.push(`${init?.method ?? "GET"} ${url}`);
			return new Response(page, { headers: { "content-type": "text/plain" } });
		},
	});
	return {
		...{
			entries,
			events,
			started,
			sent,
			asked: model.asked,
			artifacts: context.effects.artifacts,
			spent: context.effects.usage,
		},
		/** Works until it ends or asks. */
		async work() {
			const parsed = agentDefinition.config.parse({ provider: "anthropic", prompt: "Look.", ...config });
			const end = await executeAgent(parsed, context);
			asked = "ask" in end ? end.ask.question : undefined;
			return end;
		},
		/** @param question the one that was read, if that is another than what it has asked last */
		answer(decision: "approved" | "declined", values: JsonObject = {}, question = asked) {
			const actor = { kind: "user" as const, id: "ada", name: "Ada" };
			answer = {
				for: "approval",
				at: "2026-01-01T00:00:00.000Z",
				decision,
				actor,
				values,
				...(question && { question }),
			};
		},
	};
}

const NOTHING = {
	...{ outputFile: "", durationMs: 1, overflow: {}, returnedFiles: {} },
	...{ droppedBytes: { stdout: 0, stderr: 0 }, droppedTail: { stdout: "", stderr: "" } },
};

/** Calls these tools one turn after the other, then ends. */
export function calling(...calls: { name: string; input: JsonObject }[]): (turn: number) => ScriptedTurn {
	return (turn) => {
		const call = calls[turn - 1];
		return call === undefined ? { text: "Done." } : { calls: [call] };
	};
}
