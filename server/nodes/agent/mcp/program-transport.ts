import { PassThrough } from "node:stream";
import { ReadBuffer, serializeMessage, type Transport } from "@modelcontextprotocol/client";
import { errorCode } from "@/server/errors";
import { withLinkedAbort } from "@/server/linked-abort";
import type { McpServer } from "../mcp-servers";
import type { ToolContext } from "../tool";

/** What has been printed to the standard error of a program that ended is told, so much of its end. */
const KEPT = 500;
/** Bytes that a program was sent and has not read: one that only asks is ended. */
const MAX_UNREAD = 10_000_000;

/** Speaks with a program in the run's sandbox over its standard input and output. It ends when the transport is closed. */
export function createProgramTransport(
	{ context, config }: ToolContext,
	{ command = "", args, env }: McpServer,
): Transport & { problem(): string | undefined } {
	const input = new PassThrough();
	const buffer = new ReadBuffer();
	let stop = () => {};
	let errors = "";
	let problem: string | undefined;
	const transport: Transport = {
		async start() {
			const workspace = await context.workspace();
			const ended = withLinkedAbort(context.signal, (controller) => {
				stop = () => controller.abort();
				return workspace.exec([command, ...args], {
					...{ env, stdin: input, signal: controller.signal, network: config.network === "on" },
					limits: { memoryBytes: config.memoryMb * 1_048_576, outputBytes: Number.POSITIVE_INFINITY },
					onOutput(stream, text) {
						if (stream === "stdout") read(text);
						else errors = (errors + text).slice(-KEPT);
					},
				});
			});
			ended
				.then(({ exitCode }) => `It ended with exit code ${exitCode}. ${errors.trim()}`.trim(), explain)
				.then((why) => {
					problem ??= why;
					transport.onclose?.();
				});
		},
		async send(message) {
			if (input.writableLength > MAX_UNREAD) stop();
			else input.write(serializeMessage(message));
		},
		async close() {
			input.end();
			stop();
		},
	};
	function read(text: string): void {
		try {
			buffer.append(Buffer.from(text));
		} catch (error) {
			// An answer is lost with it, for which a call would wait in vain.
			problem ??= "It printed more than 10 MB in one line.";
			tell(error);
			stop();
			return;
		}
		while (readOne());
	}
	/** Whether there was one. JSON that is no message is a line of the program's log: it is passed over. */
	function readOne(): boolean {
		try {
			const next = buffer.readMessage();
			if (next !== null) transport.onmessage?.(next);
			return next !== null;
		} catch (error) {
			tell(error);
			return true;
		}
	}
	const tell = (error: unknown) => transport.onerror?.(error instanceof Error ? error : new Error(String(error)));
	const explain = (error: unknown) =>
		errorCode(error) === "ENOENT"
			? `${command} is not installed on the machine that runs the worker.`
			: error instanceof Error
				? error.message
				: String(error);
	return Object.assign(transport, { problem: () => problem });
}
