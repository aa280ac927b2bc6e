import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** What a request asks for, whatever the wire. */
export interface Asked {
	model: string;
	key: string | undefined;
	maxTokens: number;
	wantsJson: boolean;
	tools: string[];
	/** The ids, or the names where the wire has no ids, of the calls that were made and of those that were answered. */
	called: string[];
	answered: string[];
	/** The media types of the files. */
	files: string[];
	/** Whether what must be sent back of the last answer was. */
	sentBack: boolean;
}

/** What to answer, whatever the wire. */
export interface Script {
	thinking?: string;
	pieces: string[];
	calls: { name: string; input: string }[];
	stop: "end" | "max_tokens" | "tool_calls";
}

/** A provider's wire format, as its server speaks it. */
export interface Wire {
	read(body: unknown, request: IncomingMessage): Asked;
	/** The chunks of an answer, the last of which ends it. */
	answer(script: Script, asked: Asked): string[];
	/** The body of an error. */
	error(status: number, message: string): unknown;
}

export type Trouble =
	| { kind: "status"; status: number; headers?: Record<string, string>; message?: string }
	/** The connection breaks off in the middle. */
	| { kind: "cut" }
	/** The stream ends properly before the answer does. */
	| { kind: "short" };

/** A server that speaks a provider's wire, until the test has finished. */
export async function startFarSide(wire: Wire, trouble?: Trouble) {
	const asked: Asked[] = [];
	const server = createServer((request, response) => {
		readBody(request)
			.then((body) => {
				const read = wire.read(body, request);
				asked.push(read);
				respond(response, { wire, read, trouble });
			})
			// A request that is not of the wire's form.
			.catch((error) => refuse(response, wire, { kind: "status", status: 422, message: String(error) }));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const address = server.address();
	if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
	return { url: `http://127.0.0.1:${address.port}`, asked };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
	return JSON.parse(await text(request));
}

function respond(response: ServerResponse, { wire, read, trouble }: { wire: Wire; read: Asked; trouble?: Trouble }) {
	const isPaired = read.called.join() === read.answered.join();
	const wrong = isPaired ? trouble : ({ kind: "status", status: 400, message: "calls without results" } as const);
	if (wrong?.kind === "status") return refuse(response, wire, wrong);
	response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
	const chunks = wire.answer(decide(read), read);
	if (wrong === undefined) return response.end(chunks.join(""));
	const half = chunks.slice(0, Math.floor(chunks.length / 2)).join("");
	return wrong.kind === "short" ? response.end(half) : response.write(half, () => response.destroy());
}

function refuse(
	response: ServerResponse,
	wire: Wire,
	{ status, headers, message = "no" }: Trouble & { kind: "status" },
) {
	response.writeHead(status, { "content-type": "application/json", ...headers });
	response.end(JSON.stringify(wire.error(status, message)));
}

/** A model of few words: it reads two files when it can, and then says what it found. */
function decide({ tools, answered, wantsJson, maxTokens }: Asked): Script {
	if (tools.includes("read_file") && answered.length === 0) {
		const calls = ["a.txt", "b.txt"].map((path) => ({ name: "read_file", input: JSON.stringify({ path }) }));
		return { thinking: "Both files.", pieces: ["I read ", "both."], calls, stop: "tool_calls" };
	}
	const whole = wantsJson ? ['{"title":"One ', 'failure","passed":', "false}"] : ["Twelve ", "passed, ", "one failed."];
	const isCut = maxTokens < 10;
	return { pieces: isCut ? whole.slice(0, 2) : whole, calls: [], stop: isCut ? "max_tokens" : "end" };
}
