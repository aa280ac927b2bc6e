import { FatalError } from "@/server/errors";
import { withLinkedAbort } from "@/server/linked-abort";
import { driveAcp } from "./acp";
import type { Adapter } from "./adapter";
import { AGENT_PROGRAMS, type ProgramName } from "./agents";
import { claudeAdapter } from "./claude";
import { codexAdapter } from "./codex";
import { driveDemo } from "./demo";
import { driveProgram } from "./drive-program";
import { geminiAdapter } from "./gemini";
import { grokAdapter } from "./grok";
import { instructionsOf } from "./instructions";
import { readResult } from "./judge";
import { limitTexts } from "./limit-texts";
import { makeOwnClone } from "./own-clone";
import { findOwnSettings } from "./own-settings";
import { preflight } from "./preflight";
import { keepSession, knowsSession, readSession } from "./sessions";
import { takeSnapshot } from "./snapshot";
import type { Drive, JobEnd, Work } from "./work";
import type { WorkState } from "./work-state";

const DRIVES: Record<Work["config"]["agent"], Drive> = {
	demo: driveDemo,
	"claude-code": programDrive("claude-code", claudeAdapter),
	codex: programDrive("codex", codexAdapter),
	gemini: programDrive("gemini", geminiAdapter),
	grok: programDrive("grok", grokAdapter),
	acp: driveAcp,
};

const MAX_RESULT_BYTES = 1_000_000;

/** Where somebody is to be asked, those that ask nobody on their own wire speak ACP. */
const ACP_ARGUMENTS: Partial<Record<ProgramName, (model: string[]) => string[]>> = {
	gemini: (model) => [...model, "--experimental-acp"],
	grok: (model) => ["--no-auto-update", ...model, "agent", "stdio"],
};

function programDrive(name: ProgramName, adapter: Adapter): Drive {
	const { program } = AGENT_PROGRAMS[name];
	return async (job) => {
		const isFirst = job.recorder.state.starts <= 1;
		if (isFirst) await preflight(job, name);
		const obeyed = await findOwnSettings(job, name);
		if (obeyed !== undefined && isFirst) throw new FatalError(obeyed);
		if (obeyed !== undefined) return { state: "failed", text: obeyed, turns: 0 };
		const speaks = ACP_ARGUMENTS[name];
		if (job.config.permissions !== "ask" || speaks === undefined) return await driveProgram(job, program, adapter);
		return await driveAcp(job, [program, ...speaks(job.config.model ? ["--model", job.config.model] : [])]);
	};
}

/** Starts the agent, or takes its session up again, and sees it to its end. */
export async function startAgent(work: Work): Promise<JobEnd> {
	const { config, context, recorder } = work;
	const { state } = recorder;
	const left = await leftOf(work);
	const task = config.promptName ? (await context.prompt(config.variables)).text : (config.prompt ?? "");
	await makeOwnClone(work);
	const instructions = await instructionsOf(work);
	const baseline = state.baseline ?? (await takeSnapshot(work));
	const named = state.sessionId === undefined ? await readSession(work) : undefined;
	const known = state.sessionId ?? named?.sessionId;
	const sessionId = known ?? crypto.randomUUID();
	const resumes = known !== undefined && (await knowsSession(work, known));
	const goOn = state.starts > 0 ? goOnOf(state) : undefined;
	recorder.add({ kind: "started", agent: config.agent, sessionId, baseline, resumed: resumes });
	if (named) recorder.add({ kind: "session", sessionId, totals: named.totals });
	recorder.add({ kind: "prompt", text: goOn ?? task });
	await recorder.flush();
	const startedAt = performance.now();
	const job = { ...work, ...left, sessionId, resumes, task, goOn, instructions };
	const end = withResult(work, await withinLimits(work, left, (signal) => DRIVES[config.agent]({ ...job, signal })));
	const { state: ended, text, turns, json } = end;
	const ms = performance.now() - startedAt;
	recorder.add({ kind: "ended", state: ended, text, turns, ms, ...(json !== undefined && { json }) });
	await recorder.flush();
	await keepSession(work);
	return end;
}

/** What it may still use of its limits, in this attempt. Throws `FatalError` where a budget is spent. */
async function leftOf({ config, context, recorder: { state } }: Work) {
	const { before } = state;
	const budget = await context.budget();
	// The demo agent costs nothing.
	if (budget.spent !== null && config.agent !== "demo") throw new FatalError(budget.spent.message);
	const costLeft = config.maxCostUsd - (state.costUsd - before.costUsd);
	return {
		budgetUsd: Math.min(budget.leftUsd ?? Number.POSITIVE_INFINITY, costLeft),
		turnsLeft: config.maxTurns - (state.turns - before.turns),
		ms: config.maxMinutes * 60_000 - (state.workedMs - before.workedMs),
	};
}

/** What an agent is told that was there before. */
function goOnOf({ end, outcome, permissions, decisions }: WorkState): string {
	const decision = [...decisions.values()].at(-1);
	if (end?.state === "asked" && decision !== undefined) {
		const asked = permissions.get(decision.id);
		const what = `${asked?.name ?? "what you asked for"} ${JSON.stringify(asked?.input ?? "").slice(0, 2_000)}`;
		const note = decision.note ? ` They say: ${decision.note}` : "";
		return decision.allowed
			? `You asked to use ${what}. It is allowed: do it now, and go on with the task.${note}`
			: `You asked to use ${what}. It is refused: do not look for a way around it, and go on with the task.${note}`;
	}
	if (outcome !== undefined)
		return `Your work was looked at, and is not done: ${outcome.reason} Go on with the task until it is.`;
	return "You were interrupted. See what is done already, and go on with the task.";
}

/** Reads what it was to hand back while that is whole: what is recorded of a long text is not. */
function withResult({ config }: Work, end: JobEnd): JobEnd {
	const json = end.json ?? (config.success.includes("schema") ? readResult(end.text) : undefined);
	if (json === undefined || Buffer.byteLength(JSON.stringify(json)) <= MAX_RESULT_BYTES) return { ...end, json };
	const text = "Its result is longer than 1 MB. Have it write a file instead.";
	return { ...end, json: undefined, state: "failed", text };
}

/** Thrown away by whoever is stopped by it: the end says why. */
class TimeIsUp extends Error {
	override readonly name = "TimeIsUp";
}

async function withinLimits(
	{ config, context, recorder }: Work,
	{ ms, budgetUsd }: { ms: number; budgetUsd: number },
	drive: (signal: AbortSignal) => Promise<JobEnd>,
): Promise<JobEnd> {
	const limit = limitTexts.minutes(config.maxMinutes);
	if (ms <= 0) return { state: "limit", text: limit, turns: 0 };
	if (budgetUsd <= 0) return { state: "limit", text: limitTexts.spent(config.maxCostUsd), turns: 0 };
	return await withLinkedAbort(context.signal, async (controller) => {
		const timer = setTimeout(() => controller.abort(new TimeIsUp()), Math.min(ms, 2 ** 31 - 1));
		const onLost = () => controller.abort(recorder.lost.reason);
		recorder.lost.addEventListener("abort", onLost, { once: true });
		const isOver = () => controller.signal.reason instanceof TimeIsUp && !context.signal.aborted;
		try {
			const end = await drive(controller.signal);
			context.signal.throwIfAborted();
			recorder.lost.throwIfAborted();
			return isOver() ? { ...end, state: "limit", text: limit } : end;
		} catch (error) {
			if (!isOver()) throw error;
			return { state: "limit", text: limit, turns: 0 };
		} finally {
			clearTimeout(timer);
			recorder.lost.removeEventListener("abort", onLost);
		}
	});
}
