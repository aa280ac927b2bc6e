import { z } from "zod";
import { FatalError, RetryableError } from "@/server/errors";
import { userMessage } from "@/server/llm/messages";
import type { LlmProvider } from "@/server/llm/provider";
import { findTeamProvider, modelChoiceSchema } from "@/server/model-calls/find-team-provider";
import { modelToAsk } from "@/server/nodes/model-fields";
import { jsonObjectSchema } from "@/server/plan/values/json";
import { countUse, sharedLimiter } from "@/server/rate-limit";
import type { Usage } from "@/server/runs/events";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { teamInput } from "@/server/workflows/workflow-ref";
import { fillIn } from "./fill-in";
import { promptTextSchema, readPromptText } from "./prompt-ref";

export const testPromptInput = teamInput.extend({
	...modelChoiceSchema.shape,
	text: promptTextSchema,
	/** Values for its variables. */
	variables: jsonObjectSchema,
	maxTokens: z.int().min(1).max(8_000).default(1_000),
});
type TestPrompt = z.infer<typeof testPromptInput>;

/** What a test tells while it goes on; the last is `done` or `failed`. */
export type TestNews =
	| { type: "token"; text: string }
	| { type: "done"; text: string; usage: Usage; ms: number }
	| { type: "failed"; message: string };

/** Each costs money. */
const TESTS = { points: 60, duration: 3_600 };

/**
 * Prepares a test of a prompt that may not be saved yet; what it returns asks the model and streams the answer. Throws
 * `invalid` for a prompt with a mistake, and for values that do not fit it.
 */
export async function beginTest(caller: Caller, input: TestPrompt) {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "prompt:edit");
	const limiter = sharedLimiter(database.db, "prompt-tests", TESTS);
	await countUse(limiter, actor.kind === "user" ? actor.id : team.id, "You have tested very many prompts");
	const prompt = fillIn(readPromptText(input.text), input.variables);
	const provider = await findTeamProvider(caller, { teamId: team.id, workflowId: null, purpose: "prompt-test" }, input);
	const { name } = readPromptText(input.text);
	const { maxTokens } = input;
	const model = modelToAsk(input);
	await database.db.transaction((tx) =>
		writeAudit(tx, {
			...{ teamId: team.id, actor, action: "prompt.tested", target: { type: "prompt", id: name } },
			detail: { name, provider: provider.name, model: provider.name === "demo" ? "demo" : model },
		}),
	);
	return (tell: (news: TestNews) => void, signal: AbortSignal) =>
		askModel(provider, { model, prompt, maxTokens }, { tell, signal });
}

interface Asked {
	model: string;
	prompt: string;
	maxTokens: number;
}

async function askModel(
	provider: LlmProvider,
	asked: Asked,
	{ tell, signal }: { tell: (news: TestNews) => void; signal: AbortSignal },
): Promise<void> {
	const began = Date.now();
	try {
		const onToken = (text: string) => tell({ type: "token", text });
		const { model, prompt, maxTokens } = asked;
		const request = { model, messages: [userMessage(prompt)], maxTokens };
		const { message, usage } = await provider.complete(request, { signal, onToken });
		tell({ type: "done", text: message.text, usage, ms: Date.now() - began });
	} catch (error) {
		if (signal.aborted) return;
		if (!(error instanceof FatalError || error instanceof RetryableError)) throw error;
		tell({ type: "failed", message: error.message });
	}
}
