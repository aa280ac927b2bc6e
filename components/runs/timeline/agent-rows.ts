import { lookOf, type StepLook } from "@/components/canvas/run/view-step";
import { formatCount } from "@/components/ui/format/format-number";
import { formatDuration } from "@/components/ui/format/format-time";
import type { AgentCall, AgentTurn, StepState } from "@/server/runs/state";
import type { TimelineBar, TimelineRow } from "./timeline-row";

type AgentRow = Pick<TimelineRow, "key" | "name" | "look" | "bars" | "label">;

/** What an agent has done: its model in one row, and each of its tools in one, a bar for each call. */
export function agentRows(step: StepState): AgentRow[] {
	const { turns = [] } = step;
	const calls = turns.flatMap((turn) => turn.calls);
	const tools = [...new Set(calls.map(({ tool }) => tool))];
	return [
		modelRow(turns),
		...tools.map((tool) => {
			const ofTool = calls.filter((call) => call.tool === tool);
			return toolRow(tool, ofTool, step);
		}),
	];
}

function modelRow(turns: readonly AgentTurn[]): AgentRow {
	const tokens = turns.reduce((sum, turn) => sum + turn.tokens, 0);
	const bars = turns.map(({ at, ms }): TimelineBar => ({ kind: "work", look: "completed", from: at - ms, to: at }));
	const label = `${formatDuration(sum(turns))}, ${formatCount(tokens)} tokens`;
	return { key: "model", name: `Model, ${countCalls(turns.length)}`, look: "completed", bars, label };
}

function toolRow(tool: string, calls: readonly AgentCall[], step: StepState): AgentRow {
	const looks = calls.map((call) => lookOfCall(call, step));
	const bars = calls.map((call, index): TimelineBar => {
		const look = looks[index] ?? "completed";
		const { result } = call;
		const from = result ? result.at - result.ms : call.at;
		const kind = look === "waiting" ? "wait" : "work";
		return { kind, look, from, to: result?.at, ...(look === "failed" && { failed: true }) };
	});
	const spent = sum(calls.flatMap(({ result }) => result ?? []));
	const lost = calls.filter(({ result }) => result?.state === "lost").length;
	const words = [countCalls(calls.length), formatDuration(spent), lost > 0 && `${lost} lost`].filter(Boolean);
	return { key: `tool ${tool}`, name: tool, look: looks.at(-1) ?? "completed", bars, label: words.join(", ") };
}

/** Only the call that is under way has no result; where the step waits, somebody is asked about it. */
function lookOfCall({ result }: AgentCall, { phase }: StepState): StepLook {
	if (result === undefined) return lookOf(phase.status);
	return result.state === "ok" ? "completed" : "failed";
}

function sum(parts: readonly { ms: number }[]): number {
	return parts.reduce((total, { ms }) => total + ms, 0);
}

function countCalls(count: number): string {
	return `${formatCount(count)} ${count === 1 ? "call" : "calls"}`;
}
