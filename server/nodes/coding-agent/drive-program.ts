import { withLinkedAbort } from "@/server/linked-abort";
import type { ExecResult } from "@/server/runners/runner";
import { ENTER_FOLDER } from "../enter-folder";
import { explainExit } from "../explain-exit";
import { handFiles } from "../program-files";
import { TextTail } from "../text-tail";
import { type Adapter, FILES, type Launch } from "./adapter";
import { titleOf } from "./agents";
import { toTexts } from "./judge";
import { createLineReader } from "./line-reader";
import { readRateLimit } from "./read-rate-limit";
import type { Job, JobEnd } from "./work";

const STDERR_CHARACTERS = 8_000;
/** From asking a program to end to ending it, where it may still tell something. */
const STOP_MS = 1_500;
/** Replaces what stands for the folder of its files, which has no name before. */
const START = `${ENTER_FOLDER}exec "\${@//${FILES}/$WEFT_COMMAND_FILES}"`;

/** Why a program was ended before it ended by itself. */
type Stopped = { reason: "silence" | "turns" | "asked" };

/** Starts a program that prints JSON lines, and sees it to its end. */
export async function driveProgram(job: Job, program: string, adapter: Adapter): Promise<JobEnd> {
	return await withLinkedAbort(job.signal, async (controller) => {
		const watch = createWatch(job, controller);
		const running = adapter(job, () => watch.stop("asked"));
		const lines = createLineReader({
			onEvent(event) {
				running.event(event);
				if (running.turns() > job.turnsLeft) watch.stop("turns");
			},
			onOther: (text) => job.recorder.add({ kind: "notice", level: "info", text: text.slice(0, 2_000) }),
		});
		const stderr = new TextTail(STDERR_CHARACTERS);
		const result = await execAgent(job, {
			command: [program, ...running.args],
			launch: running,
			signal: controller.signal,
			onOutput(stream, text) {
				watch.seen();
				if (stream === "stdout") return lines.add(text);
				stderr.append(text);
				job.context.log("stderr", text);
			},
		}).finally(() => watch.dispose());
		lines.end();
		job.signal.throwIfAborted();
		const end = running.end({ code: result.exitCode, text: wordsOf(result, stderr.toString()) });
		return explain(job, end, watch.stopped());
	});
}

interface AgentCommand {
	command: readonly string[];
	launch: Pick<Launch, "env" | "files" | "stdin">;
	signal: AbortSignal;
	onOutput(stream: "stdout" | "stderr", text: string): void;
}

/** Runs the program of an agent in its directory. */
export async function execAgent(job: Job, { command, launch, signal, onOutput }: AgentCommand): Promise<ExecResult> {
	const { config, context } = job;
	const workspace = await context.workspace();
	const handed = await handFiles(context, config.files);
	const { directory = "" } = config;
	return await workspace.exec(["bash", "--noprofile", "--norc", "-c", START, "bash", directory, ...command], {
		env: { ...toTexts(config.env), ...launch.env },
		...(launch.files && { files: launch.files }),
		...(launch.stdin !== undefined && { stdin: launch.stdin }),
		...{ handed, signal, onOutput, network: config.network === "on" },
		needsSandbox: config.permissions === "all",
		limits: { outputBytes: Number.POSITIVE_INFINITY, memoryBytes: config.memoryMb * 1_048_576 },
	});
}

/** Ends a program that is silent for too long, or that has to end for another reason. */
export function createWatch({ config }: Job, controller: AbortController) {
	let stopped: Stopped["reason"] | undefined;
	let insistence: NodeJS.Timeout | undefined;
	const stop = (reason: Stopped["reason"]) => {
		stopped ??= reason;
		const ms = reason === "asked" ? STOP_MS : 0;
		insistence ??= setTimeout(() => controller.abort(), ms);
	};
	let timer = setTimeout(stop, config.silenceSeconds * 1_000, "silence");
	return {
		stop,
		stopped: () => stopped,
		seen() {
			clearTimeout(timer);
			timer = setTimeout(stop, config.silenceSeconds * 1_000, "silence");
		},
		dispose() {
			clearTimeout(timer);
			clearTimeout(insistence);
		},
	};
}

export function wordsOf({ exitCode }: ExecResult, stderr: string): string {
	if (exitCode === null) return "It was stopped.";
	return exitCode === 0 ? stderr.trim().slice(-500) : explainExit({ exitCode, stdout: "", stderr });
}

/** Why it ended, as far as it is Weft that ended it; and whether it was only too much at a time. */
export function explain({ config }: Job, end: JobEnd, stopped: Stopped["reason"] | undefined): JobEnd {
	if (end.state === "asked") return end;
	if (stopped === "silence")
		return {
			...end,
			state: "failed",
			text: `${titleOf(config.agent)} printed nothing for ${config.silenceSeconds} s, so it was taken to hang and was stopped. Raise “Silence at most” if it only works for long.`,
		};
	if (stopped === "turns") return { ...end, state: "limit", text: `It reached its limit of ${config.maxTurns} turns.` };
	if (end.state !== "failed") return end;
	const limited = readRateLimit(end.text);
	if (limited === undefined) return end;
	const text = `${titleOf(config.agent)} has reached a rate limit: ${end.text} It goes on in the same session when it is tried again.`;
	return { ...end, text, ...limited };
}
