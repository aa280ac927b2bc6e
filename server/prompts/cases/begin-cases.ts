import { eq } from "drizzle-orm";
import pLimit from "p-limit";
import { z } from "zod";
import type { Db } from "@/db/client";
import { promptCases } from "@/db/schema/prompts";
import { ContextOverflowError, FatalError, RetryableError, WeftError } from "@/server/errors";
import { userMessage } from "@/server/llm/messages";
import type { LlmProvider } from "@/server/llm/provider";
import { findTeamProvider, modelChoiceSchema } from "@/server/model-calls/find-team-provider";
import { modelToAsk } from "@/server/nodes/model-fields";
import { type CaseResult, caseKey, hashText, judgeAnswer } from "@/server/plan/prompts/prompt-case";
import type { PromptFile } from "@/server/plan/yaml/prompt-file";
import { countUse, sharedLimiter } from "@/server/rate-limit";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { fillIn } from "../fill-in";
import { findPrompt, promptRefInput, promptTextSchema, readPromptText } from "../prompt-ref";
import { type Case, readCases } from "./list-cases";

export const testCasesInput = promptRefInput.extend({
	...modelChoiceSchema.shape,
	/** The text to try, which may not be saved yet. */
	text: promptTextSchema,
	maxTokens: z.int().min(1).max(8_000).default(1_000),
});

/** What a test of all cases tells while it goes on; the last is `done` or `failed`. */
export type CasesNews =
	| { type: "case"; id: string; result: CaseResult }
	| { type: "done" }
	| { type: "failed"; message: string };

/** Each may ask a model fifty times. */
const TESTS = { points: 40, duration: 3_600 };
const AT_ONCE = 3;
/** Characters of an answer that are kept. */
const KEPT = 4_000;

/**
 * Prepares a test of a prompt's text with all of its cases; what it returns asks the model for each, tells how it came out,
 * and keeps that with the case. Throws `invalid` for a text with a mistake, and where there are no cases.
 */
export async function beginCases(caller: Caller, input: z.infer<typeof testCasesInput>) {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "prompt:edit");
	const file = readPromptText(input.text);
	const prompt = await findPrompt(database.db, team.id, input.prompt);
	const cases = await readCases(database.db, prompt.id);
	if (cases.length === 0) throw new WeftError("invalid", "This prompt has no test cases. Add one first.");
	const userId = actor.kind === "user" ? actor.id : null;
	await countUse(
		sharedLimiter(database.db, "prompt-cases", TESTS),
		userId ?? team.id,
		"You have run very many test cases",
	);
	const provider = await findTeamProvider(caller, { teamId: team.id, workflowId: null, purpose: "prompt-test" }, input);
	const model = modelToAsk(input);
	await database.db.transaction((tx) =>
		writeAudit(tx, {
			...{ teamId: team.id, actor, action: "prompt.tested", target: { type: "prompt", id: prompt.id } },
			detail: { name: prompt.name, cases: cases.length, provider: provider.name, model },
		}),
	);
	const asking = { provider, model, file, hash: hashText(input.text), maxTokens: input.maxTokens };
	return (tell: (news: CasesNews) => void, signal: AbortSignal) =>
		tryAll(database.db, { cases, asking }, { tell, signal });
}

interface Asking {
	provider: LlmProvider;
	model: string;
	file: PromptFile;
	/** Of the text. */
	hash: string;
	maxTokens: number;
}

async function tryAll(
	db: Db,
	{ cases, asking }: { cases: readonly Case[]; asking: Asking },
	{ tell, signal }: { tell: (news: CasesNews) => void; signal: AbortSignal },
): Promise<void> {
	const limit = pLimit(AT_ONCE);
	let failure: string | undefined;
	const tried = cases.map((each) =>
		limit(async () => {
			if (signal.aborted || failure !== undefined) return;
			const result = await tryCase(each, asking, signal);
			if (typeof result === "string") failure ??= `The call for “${each.name}” failed: ${result}`;
			if (result === undefined || typeof result === "string") return;
			await db.update(promptCases).set({ result }).where(eq(promptCases.id, each.id));
			tell({ type: "case", id: each.id, result });
		}),
	);
	await Promise.all(tried);
	if (!signal.aborted) tell(failure === undefined ? { type: "done" } : { type: "failed", message: failure });
}

/** How a case came out; why the call failed, which tells nothing of the case; undefined where it was stopped. */
async function tryCase(given: Case, asking: Asking, signal: AbortSignal): Promise<CaseResult | string | undefined> {
	const { variables, expectation } = given;
	const began = Date.now();
	const result = (rest: Pick<CaseResult, "reason" | "answer" | "usage">): CaseResult => ({
		...rest,
		...{ passed: rest.reason === "", answer: rest.answer.slice(0, KEPT), ms: Date.now() - began },
		...{ of: caseKey(asking.hash, { variables, expectation }), at: new Date().toISOString() },
	});
	try {
		const { provider, model, maxTokens } = asking;
		const jsonSchema = expectation.kind === "schema" ? expectation.schema : undefined;
		const messages = [userMessage(fillIn(asking.file, variables))];
		const { message, json, usage, stopReason } = await provider.complete(
			{ model, messages, maxTokens, jsonSchema },
			{ signal, onToken: () => {} },
		);
		const isWhole = stopReason === "end" || stopReason === "tool_calls";
		return result({
			reason: judgeAnswer(expectation, { text: message.text, json, isWhole }),
			answer: message.text,
			usage,
		});
	} catch (error) {
		if (signal.aborted) return undefined;
		if (error instanceof WeftError || error instanceof ContextOverflowError)
			return result({ reason: error.message, answer: "", usage: null });
		if (error instanceof FatalError || error instanceof RetryableError) return error.message;
		throw error;
	}
}
