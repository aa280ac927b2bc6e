import type { TranscriptEntry } from "@/server/runs/coding-transcript";
import { totalTokens } from "@/server/runs/state";
import type { ShownEvent } from "../execute-context";
import { written } from "../written";

/** Characters of a text, an input or a result that the run's page shows in its turns. */
const SHOWN = 4_000;

/** Tells what an agent does as turns, calls and results: what every run shows of an agent. */
export function createShownTurns(): { show(entries: readonly TranscriptEntry[]): ShownEvent[] } {
	let turn = 0;
	/** Whether another call belongs to this turn. */
	let takesCalls = false;
	let model = "";
	let since = 0;
	const begunAt = new Map<string, number>();

	function begin(text: string, thinking: string, at: number): ShownEvent {
		turn += 1;
		takesCalls = true;
		const ms = since === 0 ? 0 : Math.max(0, at - since);
		since = at;
		const said = { text: text.slice(0, SHOWN), ...(thinking !== "" && { thinking: thinking.slice(0, SHOWN) }) };
		return { type: "agent.turn", data: { turn, ...said, model, ms, tokens: 0, costUsd: 0 } };
	}

	const note = (text: string, used = {}): ShownEvent[] =>
		turn === 0 ? [] : [{ type: "agent.note", data: { turn, text: text.slice(0, SHOWN), ...used } }];

	function showOther(entry: TranscriptEntry): ShownEvent[] {
		switch (entry.kind) {
			case "started":
				model = entry.agent;
				since = entry.at;
				return [];
			case "call": {
				begunAt.set(entry.id, entry.at);
				const opened = takesCalls ? [] : [begin("", "", entry.at)];
				const input = written(entry.input).slice(0, SHOWN);
				return [...opened, { type: "agent.call", data: { turn, id: entry.id, tool: entry.name, input } }];
			}
			case "result": {
				takesCalls = false;
				const { id, state, characters, at } = entry;
				const ms = Math.max(0, at - (begunAt.get(id) ?? at));
				since = at;
				return [{ type: "agent.result", data: { id, state, text: entry.text.slice(0, SHOWN), characters, ms } }];
			}
			case "permission":
				return note(`It asks whether it may use ${entry.name}.`);
			case "decision":
				return note(`${entry.by} ${entry.allowed ? "allowed" : "refused"} it.`);
			case "notice":
				return note(entry.text);
			case "usage": {
				const tokens = totalTokens(entry.usage);
				const costUsd = entry.costKind === "unknown" ? 0 : entry.usage.costUsd;
				return note(`${tokens.toLocaleString("en-US")} tokens.`, { tokens, costUsd });
			}
			case "outcome":
				return note(entry.reason);
			default:
				return [];
		}
	}

	return {
		show(entries) {
			const events: ShownEvent[] = [];
			let [text, thinking, at] = ["", "", 0];
			const say = () => {
				if (text !== "" || thinking !== "") events.push(begin(text, thinking, at));
				[text, thinking] = ["", ""];
			};
			for (const entry of entries) {
				if (entry.kind === "text" || entry.kind === "thinking") {
					if (entry.kind === "text") text += (text === "" ? "" : "\n\n") + entry.text;
					else thinking += entry.text;
					at = entry.at;
					continue;
				}
				say();
				events.push(...showOther(entry));
			}
			say();
			return events;
		},
	};
}
