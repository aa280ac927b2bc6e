import { type ArtifactRef, SEARCHED_BYTES } from "@/server/artifacts/artifact-ref";
import { FatalError, ProgramError } from "@/server/errors";
import { asJson, jsonObjectSchema } from "@/server/plan/values/json";
import type { CodingResult } from "@/server/runs/coding-result";
import type { StepResult } from "../execute-context";
import { titleOf } from "./agents";
import { judge } from "./judge";
import { keepSessionFile } from "./sessions";
import { seeChanges } from "./snapshot";
import type { Work } from "./work";

/**
 * What came of it, as git and the rules of the step see it.
 * @throws ProgramError with the same result where it is no success
 */
export async function conclude(
	work: Work,
	{ retryAfterSeconds }: { retryAfterSeconds?: number | undefined } = {},
): Promise<StepResult<CodingResult>> {
	const { recorder, config, context } = work;
	const { state } = recorder;
	const seen = await seeChanges(work, state.baseline ?? "");
	const judged = await judge(work, seen);
	const { outcome } = judged;
	recorder.add({ kind: "outcome", ok: outcome.ok, reason: outcome.reason });
	await recorder.flush();
	const sessionFile = await keepSessionFile(work);
	const output: CodingResult = {
		...judged,
		...{ summary: state.end?.text ?? state.text, ...seen.changes, usage: state.tokens },
		costUsd: state.costKind === undefined || state.costKind === "unknown" ? null : state.costUsd,
		costKind: state.costKind ?? "unknown",
		...{ sessionId: state.sessionId ?? "", turns: state.turns, durationMs: Math.round(state.workedMs) },
		...{ agent: config.agent, model: state.model || (config.model ?? ""), denied: state.denied },
		transcript: await keepTranscript(work),
		...(sessionFile && { sessionFile }),
		demo: config.agent === "demo",
	};
	if (outcome.ok) return { output };
	const message = `${titleOf(config.agent)} did not succeed. ${outcome.reason}`;
	const left = jsonObjectSchema.parse(asJson(JSON.parse(JSON.stringify(output))));
	const tests = judged.tests?.output.trim();
	context.log("warn", `${message}\n`);
	throw new ProgramError(message, left, { retryAfterSeconds, ...(tests && { cause: new Error(tests) }) });
}

async function keepTranscript({ recorder, context }: Work): Promise<ArtifactRef | null> {
	const { text, isWhole } = newestOf(recorder.lines());
	const name = "sessions/transcript.jsonl";
	if (!isWhole) context.log("warn", `The beginning of ${name} is left out: it is longer than 10 MB.\n`);
	const bytes = Buffer.from(text);
	try {
		return await context.artifacts.add({
			...{ name, kind: "session", size: bytes.length },
			open: async () => only(bytes),
		});
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		context.log("error", `${error.message}\n`);
		return null;
	}
}

/** So many lines as are searched for secrets before a file is kept. */
function newestOf(lines: readonly string[]): { text: string; isWhole: boolean } {
	let size = 0;
	let first = lines.length;
	for (const line of lines.toReversed()) {
		size += Buffer.byteLength(line) + 1;
		if (size > SEARCHED_BYTES) break;
		first -= 1;
	}
	return {
		text: lines
			.slice(first)
			.map((line) => `${line}\n`)
			.join(""),
		isWhole: first === 0,
	};
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}
