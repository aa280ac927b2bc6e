import { withLinkedAbort } from "@/server/linked-abort";
import type { ExecResult } from "@/server/runners/runner";
import { ENTER_FOLDER } from "../enter-folder";
import { explainExit } from "../explain-exit";
import { handFiles } from "../program-files";
import { TextTail } from "../text-tail";
import { type Adapter, FILES, type Launch } from "./adapter";
import { toTexts } from "./env-texts";
import { createLineReader } from "./line-reader";
import { createWatch, explain } from "./program-watch";
import type { Job, JobEnd } from "./work";

const STDERR_CHARACTERS = 8_000;
/** Replaces what stands for the folder of its files, which has no name before. */
const START = `${ENTER_FOLDER}exec "\${@//${FILES}/$WEFT_COMMAND_FILES}"`;

/** Starts a program that prints JSON lines, and sees it to its end. */
export async function driveProgram(job: Job, program: string, adapter: Adapter): Promise<JobEnd> {
	return await withLinkedAbort(job.signal, async (controller) => {
		const watch = createWatch(job, controller);
		const running = adapter(job, () => watch.stop("asked"));
		const lines = createLineReader({
			onEvent(event) {
				running.event(event);
				if (running.turns() > job.turnsLeft) watch.stop("turns");
				watch.spent(running.unrecordedUsd?.());
			},
			onOther: (text) => job.recorder.add({ kind: "notice", level: "info", text: text.slice(0, 2_000) }),
		});
		const stderr = new TextTail(STDERR_CHARACTERS);
		// Also of a program that was cut off: what it has used is recorded here.
		const end = (code: number | null, text: string): JobEnd => {
			watch.read(() => lines.end());
			return watch.read(() => running.end({ code, text })) ?? { state: "failed", text, turns: running.turns() };
		};
		const command = [program, ...running.args];
		const onOutput = (stream: "stdout" | "stderr", text: string) => {
			watch.seen();
			if (watch.stopped().reason === "unreadable") return;
			if (stream === "stdout") return watch.read(() => lines.add(text), running.stdin);
			stderr.append(text);
			job.context.log("stderr", text);
		};
		try {
			const result = await execAgent(job, { command, launch: running, signal: controller.signal, onOutput });
			return explain(job, end(result.exitCode, wordsOf(result, stderr.toString())), watch);
		} catch (error) {
			end(null, "");
			throw error;
		} finally {
			watch.dispose();
		}
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

export function wordsOf({ exitCode }: ExecResult, stderr: string): string {
	if (exitCode === null) return "It was stopped.";
	return exitCode === 0 ? stderr.trim().slice(-500) : explainExit({ exitCode, stdout: "", stderr });
}
