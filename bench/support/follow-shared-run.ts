import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import type { RunEvent } from "../../server/runs/events";

/** Somebody who watches a run by its link, as a browser does. */
export interface Follower {
	/** When each event was recorded and when it arrived, in ms since the epoch. */
	arrivals: { seq: number; at: number; arrivedAt: number }[];
	/** Resolves when the end of the run has arrived. */
	ended: Promise<void>;
	close(): void;
}

const ENDS = ["run.completed", "run.failed", "run.cancelled", "run.timed_out"];

/** Connects to the stream of a link; resolves once it answers. */
export async function followSharedRun(address: string): Promise<Follower> {
	const request = get(address, { agent: new Agent(), headers: { accept: "text/event-stream" } });
	const [response]: IncomingMessage[] = await once(request, "response");
	if (response?.statusCode !== 200) throw new Error(`The stream answered ${response?.statusCode}.`);
	const arrivals: Follower["arrivals"] = [];
	const ended = new Promise<void>((resolve, reject) => {
		request.on("error", reject);
		readMessages(response, (events) => {
			const arrivedAt = Date.now();
			for (const { seq, at } of events) arrivals.push({ seq, at, arrivedAt });
			if (events.some(({ type }) => ENDS.includes(type))) resolve();
		});
	});
	// Its closing ends the stream, whoever still waits.
	ended.catch(() => undefined);
	return { arrivals, ended, close: () => void request.destroy() };
}

function readMessages(response: IncomingMessage, onEvents: (events: RunEvent[]) => void): void {
	let text = "";
	response.setEncoding("utf8").on("data", (chunk: string) => {
		text += chunk;
		const messages = text.split("\n\n");
		text = messages.pop() ?? "";
		for (const message of messages) {
			const data = message.match(/^data: (\{"json":\{"runId".*)$/m)?.[1];
			if (data !== undefined) onEvents(JSON.parse(data).json.events);
		}
	});
}
