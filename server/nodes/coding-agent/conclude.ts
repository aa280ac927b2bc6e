import type { ArtifactRef } from "@/server/artifacts/artifact-ref";
import { FatalError, ProgramError } from "@/server/errors";
import { asJson, jsonObjectSchema } from "@/server/plan/values/json";
import type { CodingResult } from "@/server/runs/coding-result";
import type { StepResult } from "../execute-context";
import { titleOf } from "./agents";
import { judge } from "./judge";
import { keepSessionFile } from "./sessions";
import { changesSince } from "./snapshot";
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
	const changes = await changesSince(work, state.baseline ?? "");
	const judged = await judge(work, changes);
	const { outcome } = judged;
	recorder.add({ kind: "outcome", ok: outcome.ok, reason: outcome.reason });
	await recorder.flush();
	const sessionFile = await keepSessionFile(work);
	const output: CodingResult = {
		...judged,
		...{ summary: state.end?.text ?? state.text, ...changes, usage: state.tokens },
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
	const bytes = Buffer.from(`${recorder.lines().join("\n")}\n`);
	try {
		return await context.artifacts.add({
			...{ name: "sessions/transcript.jsonl", kind: "session", size: bytes.length },
			open: async () => only(bytes),
		});
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		context.log("error", `${error.message}\n`);
		return null;
	}
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}
