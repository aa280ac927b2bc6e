import { join, resolve } from "node:path";
import { PassThrough, type Writable } from "node:stream";
import {
	type AnyMessage,
	type ClientContext,
	client,
	methods,
	PROTOCOL_VERSION,
	RequestError,
	type SessionModeState,
} from "@agentclientprotocol/sdk";
import { z } from "zod";
import { FatalError } from "@/server/errors";
import { withLinkedAbort } from "@/server/linked-abort";
import { asJson, type JsonObject, jsonObjectSchema } from "@/server/plan/values/json";
import { AcpReader, CANCELLED } from "./acp-reader";
import { objectIn, textIn, wholePrompt } from "./adapter";
import { titleOf } from "./agents";
import { execAgent, wordsOf } from "./drive-program";
import { createLineReader } from "./line-reader";
import { createWatch, explain } from "./program-watch";
import type { Job, JobEnd } from "./work";

const NOT_THERE = 127;
const AUTH_REQUIRED = -32_000;
/** For a program to end by itself once its input is closed. */
const LEAVE_MS = 1_500;

/** Starts an agent that speaks ACP, and talks with it: https://agentclientprotocol.com/protocol */
export async function driveAcp(job: Job, command = commandOf(job)): Promise<JobEnd> {
	return await withLinkedAbort(job.signal, async (controller) => {
		const watch = createWatch(job, controller);
		const stdin = new PassThrough();
		const reader = new AcpReader(job, watch);
		const wire = createWire(job, stdin, (params) => {
			reader.update(params);
			watch.spent(reader.unrecordedUsd());
		});
		const connection = client({ name: "weft" })
			.onRequest(methods.client.session.requestPermission, paramsSchema, ({ params }) => {
				return watch.read(() => reader.permission(params)) ?? CANCELLED;
			})
			.connect(wire.stream);
		let stderr = "";
		const running = execAgent(job, {
			command,
			launch: { stdin },
			signal: controller.signal,
			onOutput(stream, text) {
				watch.seen();
				if (watch.stopped().reason === "unreadable") return;
				if (stream === "stdout") return watch.read(() => wire.lines.add(text), stdin);
				stderr = `${stderr}${text}`.slice(-8_000);
				job.context.log("stderr", text);
			},
		}).finally(() => connection.close());
		const talk = converse(job, connection.agent, reader).finally(() => {
			stdin.end();
			setTimeout(() => controller.abort(), LEAVE_MS).unref();
		});
		const [said, result] = await Promise.allSettled([talk, running]);
		watch.read(() => reader.recordCost());
		watch.dispose();
		if (result.status === "rejected") throw result.reason;
		if (said.status === "fulfilled") return explain(job, said.value, watch);
		if (said.reason instanceof FatalError) throw said.reason;
		if (result.value.exitCode === NOT_THERE) throw new FatalError(notThere(job, stderr));
		return explain(job, brokenOff(job, { reader, error: said.reason, words: wordsOf(result.value, stderr) }), watch);
	});
}

/** Kinds that this version does not know must not end anything: what it reads of them it checks itself. */
const paramsSchema = { parse: (params: unknown): JsonObject => jsonObjectSchema.parse(asJson(params)) };

function commandOf({ config }: Job): string[] {
	return ["sh", "-c", `exec ${config.command ?? ""}`];
}

function notThere({ config }: Job, stderr: string): string {
	return `The agent is not installed where commands run: ${stderr.trim() || config.command}. Install it there, or change the command.`;
}

interface Break {
	reader: AcpReader;
	error: unknown;
	words: string;
}

function brokenOff({ config }: Job, { reader, error, words }: Break): JobEnd {
	const turns = reader.turns();
	if (reader.isAsking) return { state: "asked", text: "It waits until somebody allows what it asks for.", turns };
	const isAnswer = error instanceof RequestError;
	const why = isAnswer ? `${error.message} ${textIn(asJson(error.data))}`.trim() : `It ended in the middle. ${words}`;
	return { state: "failed", text: `${titleOf(config.agent)} failed: ${why}`, turns };
}

const messageSchema = z.custom<AnyMessage>(
	(value) => z.looseObject({ jsonrpc: z.literal("2.0") }).safeParse(value).success,
);

/** The messages of ACP over the streams of a program. */
function createWire(job: Job, stdin: Writable, onUpdate: (params: JsonObject) => void) {
	let push: (message: AnyMessage) => void = () => {};
	const readable = new ReadableStream<AnyMessage>({
		start(controller) {
			push = (message) => controller.enqueue(message);
		},
		cancel() {
			push = () => {};
		},
	});
	const writable = new WritableStream<AnyMessage>({
		write(message) {
			stdin.write(`${JSON.stringify(message)}\n`);
		},
	});
	const note = (text: string) => job.recorder.add({ kind: "notice", level: "info", text: text.slice(0, 2_000) });
	const lines = createLineReader({
		onEvent(event) {
			// Read here: the SDK would complain about each kind that it does not know.
			if (event.method === methods.client.session.update) {
				onUpdate(objectIn(event.params));
				return;
			}
			const message = messageSchema.safeParse(event);
			if (message.success) push(message.data);
			else note(JSON.stringify(event));
		},
		onOther: note,
	});
	return { stream: { readable, writable }, lines };
}

/** Opens or loads the session, tells the agent what to do, and waits until it has. */
async function converse(job: Job, agent: ClientContext, reader: AcpReader): Promise<JobEnd> {
	const workspace = await job.context.workspace();
	const cwd = resolve(join(workspace.directory, job.config.directory ?? ""));
	try {
		const { agentCapabilities } = await agent.request(methods.agent.initialize, {
			protocolVersion: PROTOCOL_VERSION,
			clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
			clientInfo: { name: "weft", version: "1" },
		});
		const loaded = job.resumes && agentCapabilities?.loadSession === true && (await load(job, agent, { reader, cwd }));
		const sessionId = loaded ? job.sessionId : await open(job, agent, cwd);
		const text = wholePrompt({ ...job, resumes: loaded });
		reader.begin(loaded);
		const { stopReason } = await agent.request(methods.agent.session.prompt, {
			sessionId,
			prompt: [{ type: "text", text }],
		});
		return reader.end(stopReason);
	} catch (error) {
		if (!(error instanceof RequestError) || error.code !== AUTH_REQUIRED) throw error;
		throw new FatalError(
			`${titleOf(job.config.agent)} is not signed in: ${error.message} Add its key to the environment of the step, from a credential.`,
		);
	}
}

async function load(
	job: Job,
	agent: ClientContext,
	{ reader, cwd }: { reader: AcpReader; cwd: string },
): Promise<boolean> {
	try {
		// What was said in it comes once more: it is recorded already.
		const { modes } = await reader.ignoring(() =>
			agent.request(methods.agent.session.load, { sessionId: job.sessionId, cwd, mcpServers: [] }),
		);
		await settleMode(job, agent, { sessionId: job.sessionId, modes });
		return true;
	} catch (error) {
		if (!(error instanceof RequestError)) throw error;
		job.recorder.add({ kind: "notice", level: "warn", text: `Its session could not be taken up: ${error.message}` });
		return false;
	}
}

const MODES = {
	plan: /plan|read.?only|^ask$|architect/i,
	edits: /accept.?edits|auto.?edit/i,
	ask: /^default$/i,
	all: /bypass|yolo|full.?access/i,
} as const;

async function open(job: Job, agent: ClientContext, cwd: string): Promise<string> {
	const { sessionId, modes } = await agent.request(methods.agent.session.new, { cwd, mcpServers: [] });
	job.recorder.add({ kind: "session", sessionId });
	await settleMode(job, agent, { sessionId, modes });
	return sessionId;
}

/** Sets the mode of the agent's own that fits the step, where it has one: a session may come from a step that allows more. */
async function settleMode(
	{ config }: Job,
	agent: ClientContext,
	{ sessionId, modes }: { sessionId: string; modes?: SessionModeState | null | undefined },
): Promise<void> {
	const find = (wanted: RegExp) => modes?.availableModes.find(({ id }) => wanted.test(id));
	const { permissions } = config;
	// Where it asks, it is answered that it may edit.
	const fit = find(MODES[permissions]) ?? (permissions === "edits" ? find(MODES.ask) : undefined);
	if (fit === undefined) refuseMode(config, modes?.currentModeId ?? "");
	else if (fit.id !== modes?.currentModeId)
		await agent.request(methods.agent.session.setMode, { sessionId, modeId: fit.id });
}

function refuseMode({ agent, permissions }: Job["config"], current: string): void {
	if (permissions === "plan")
		throw new FatalError(
			`${titleOf(agent)} has no mode in which it only reads. Choose another under “What it may do”, or an agent that has one.`,
		);
	const isLoose = MODES.all.test(current) || (permissions === "ask" && MODES.edits.test(current));
	if (permissions !== "all" && isLoose)
		throw new FatalError(
			`${titleOf(agent)} is in its mode “${current}”, and has none that fits. Change its settings, or choose “Everything” under “What it may do”.`,
		);
}
