import { z } from "zod";
import { readSchema } from "@/server/plan/prompts/prompt-variables";
import { type Json, type JsonObject, jsonSchema } from "@/server/plan/values/json";
import type { CodingResult } from "@/server/runs/coding-result";
import { countOf } from "../summary-text";
import { withoutKeys } from "./agents";
import { toTexts } from "./env-texts";
import { runInDirectory } from "./run-in-directory";
import type { Seen } from "./snapshot";
import type { Work } from "./work";

const SHOWN_OUTPUT = 4_000;
/** Settings that an agent has left in its home directory, as of npm or git, could make any tests pass. */
const OWN_HOME = "HOME=$(mktemp -d) || exit\nexport HOME\n";

type Judged = Pick<CodingResult, "outcome" | "tests" | "result">;

/** One rule, looked at. */
interface Finding {
	ok: boolean;
	reason: string;
	more?: Partial<Judged>;
}

/** Whether a coding agent has done what it was to do: what holds is looked at, never taken from the agent. */
export async function judge(work: Work, seen: Seen): Promise<Judged> {
	const { success } = work.config;
	const rule = success.length === 0 ? "none" : success.join(", ");
	const findings: Finding[] = [endOf(work)];
	if (seen.problem) findings.push({ ok: false, reason: `What it has changed is not known: ${seen.problem}` });
	// An agent that was cut off has no result, but its tests tell how far it came.
	else for (const one of success) findings.push(await RULES[one](work, seen));
	const failed = findings.find(({ ok }) => !ok);
	const reasons = failed ? [failed.reason] : findings.map(({ reason }) => reason).filter(Boolean);
	const outcome = { ok: failed === undefined, rule, reason: reasons.join(" ") || "It ended by itself." };
	return Object.assign({ outcome }, ...findings.map(({ more }) => more ?? {}));
}

function endOf({ recorder: { state } }: Work): Finding {
	const { end, denied } = state;
	if (end?.state === "done") return { ok: true, reason: "" };
	const refused = denied.length === 0 ? "" : ` It was refused ${countOf(denied.length, "thing")} that it asked for.`;
	return { ok: false, reason: `${end?.text ?? "It was interrupted."}${refused}` };
}

const RULES: Record<Work["config"]["success"][number], (work: Work, seen: Seen) => Promise<Finding>> = {
	async diff({ recorder: { state } }, { changes: { fileCount }, hiding }) {
		const hidden = hiding.length === 0 ? "" : ` What is beside ${hiding.slice(0, 5).join(", ")} is hidden from Git.`;
		// Programs leave such folders, as of caches, by themselves.
		if (fileCount > hiding.length) return { ok: true, reason: `${countOf(fileCount, "file")} changed.${hidden}` };
		const { denied } = state;
		const names = [...new Set(denied.map(({ name }) => name))].join(", ");
		const why = denied.length === 0 ? "" : ` It was not allowed to use ${names}: change “What it may do”.`;
		return { ok: false, reason: `It changed no files.${why}${hidden}` };
	},
	async tests(work) {
		const { agent, testCommand: command = "", maxMinutes, network, env } = work.config;
		const { exitCode, text } = await runInDirectory(
			{ ...work, signal: work.context.signal },
			{
				script: `${OWN_HOME}set -eo pipefail\n${command}`,
				env: { ...withoutKeys(agent, toTexts(env)), ...work.context.env },
				seconds: maxMinutes * 60,
				network: network === "on",
				isLogged: true,
			},
		);
		const tests = { command, exitCode, output: text.slice(-SHOWN_OUTPUT) };
		const ok = exitCode === 0;
		return { ok, reason: ok ? "The tests pass." : `The tests fail with exit code ${exitCode}.`, more: { tests } };
	},
	async schema({ recorder: { state }, config }) {
		const result = state.end?.json ?? readResult(state.text);
		if (result === undefined) return { ok: false, reason: "The last thing it says is no JSON." };
		const problem = problemIn(result, config.jsonSchema ?? {});
		if (problem !== undefined) return { ok: false, reason: `Its result does not fit the schema: ${problem}` };
		return { ok: true, reason: "Its result fits the schema.", more: { result } };
	},
};

/** The last JSON in a text: all of it, or what stands between the last fences. */
export function readResult(text: string): Json | undefined {
	const fenced = text.split("```").at(-2) ?? "";
	for (const part of [text, fenced.slice(fenced.indexOf("\n") + 1)]) {
		try {
			return jsonSchema.parse(JSON.parse(part));
		} catch {
			// The next part may be.
		}
	}
	return undefined;
}

function problemIn(value: Json, schema: JsonObject): string | undefined {
	const wanted = readSchema(schema);
	if (wanted === undefined) return "the schema itself cannot be read.";
	const parsed = wanted.safeParse(value);
	return parsed.success ? undefined : z.prettifyError(parsed.error);
}
