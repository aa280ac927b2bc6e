import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { RetryableError } from "@/server/errors";
import type { Json, JsonObject } from "@/server/plan/values/json";
import type { Workspace } from "@/server/runners/runner";
import { type TranscriptEntry, transcriptBatchSchema } from "@/server/runs/coding-transcript";
import type { ExecuteContext, ShownEvent } from "../execute-context";
import { createTestContext } from "../test-context";
import type { WaitAnswer } from "../wait";
import { codingAgentDefinition } from "./definition";
import { executeCodingAgent } from "./execute";

/** Steps of coding agents that work in a real workspace, and whose records stay in memory. */
export async function createTestWorkspace(workspaceOf: (directory: string) => Promise<Workspace>) {
	const directory = await mkdtemp(join(tmpdir(), "coding-agent-"));
	const workspace = await workspaceOf(directory);
	return {
		workspace,
		async write(path: string, text: string, mode = 0o644) {
			const file = join(workspace.directory, path);
			await mkdir(dirname(file), { recursive: true });
			await writeFile(file, text, { mode });
		},
		read: (path: string) => readFile(join(workspace.directory, path), "utf8"),
		/** @param config beside a task */
		agent: (config: JsonObject) => createTestAgent(workspace, config),
		dispose: () => rm(directory, { recursive: true, force: true }),
	};
}

function createTestAgent(workspace: Workspace, config: JsonObject) {
	const stored: Json[] = [];
	const events: ShownEvent[] = [];
	let answer: WaitAnswer | null = null;
	let asked: string | undefined;
	let breaksAt = "\0";
	const transcript: ExecuteContext["transcript"] = {
		read: async () => ({ entries: [...stored], answer }),
		async append(entry, told = {}) {
			if (JSON.stringify(entry).includes(breaksAt))
				throw new RetryableError("Another worker has taken this step over.");
			stored.push(JSON.parse(JSON.stringify(entry)));
			events.push(...(told.events ?? []));
			if (told.takesAnswer) answer = null;
		},
		isPaused: () => false,
	};
	return {
		events,
		/** Its records reach the database no more once one of this kind would. */
		breakAt(kind: TranscriptEntry["kind"] | null) {
			breaksAt = kind === null ? "\0" : `"kind":"${kind}"`;
		},
		entries: (): TranscriptEntry[] => stored.flatMap((batch) => transcriptBatchSchema.parse(batch).entries),
		/** Works until it ends or asks. */
		async work(signal?: AbortSignal) {
			const context = createTestContext({ workspace, transcript, ...(signal && { signal }) });
			const parsed = codingAgentDefinition.config.parse({ prompt: "Mend it.", ...config });
			const end = await executeCodingAgent(parsed, context);
			asked = "ask" in end ? end.ask.question : undefined;
			return { end, context };
		},
		answer(decision: "approved" | "declined", values: JsonObject = {}) {
			const actor = { kind: "user" as const, id: "ada", name: "Ada" };
			const at = "2026-01-01T00:00:00.000Z";
			answer = { for: "approval", at, decision, actor, values, ...(asked && { question: asked }) };
		},
	};
}
