import { z } from "zod";
import { openCredentials } from "@/server/credentials/open-credentials";
import { getEnv } from "@/server/env";
import { FatalError, RetryableError, WeftError } from "@/server/errors";
import { limitProviders } from "@/server/execution/provider-limits";
import { createOutboundFetch, type OutboundFetch } from "@/server/http/outbound-fetch";
import { readAuthorities } from "@/server/http/read-authorities";
import { userMessage } from "@/server/llm/messages";
import type { LlmProvider } from "@/server/llm/provider";
import { createServerProviders } from "@/server/llm/server-providers";
import { modelToAsk } from "@/server/nodes/model-fields";
import { oncePerProcess } from "@/server/once-per-process";
import { checkVariables, completeVariables } from "@/server/plan/prompts/prompt-variables";
import { PromptTooLong, renderPrompt } from "@/server/plan/prompts/render-prompt";
import { jsonObjectSchema } from "@/server/plan/values/json";
import { countUse, sharedLimiter } from "@/server/rate-limit";
import type { Usage } from "@/server/runs/events";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { teamInput } from "@/server/workflows/workflow-ref";
import { promptTextSchema, readPromptText } from "./prompt-ref";

export const testPromptInput = teamInput.extend({
	text: promptTextSchema,
	/** Values for its variables. */
	variables: jsonObjectSchema,
	provider: z.string().min(1).max(100),
	/** The usual one of the provider without it. */
	model: z.string().trim().min(1).max(100).optional(),
	/** The credential that holds a key, as `NAME` or `NAME.part`; without it the server’s key is used. */
	credential: z.string().max(200).optional(),
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
	const prompt = fillIn(input);
	const provider = await findProvider(caller, team.id, input);
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

function fillIn({ text, variables: given }: TestPrompt): string {
	const { variables, parts } = readPromptText(text);
	const [problem] = checkVariables(variables, given);
	if (problem) throw new WeftError("invalid", `Sample data: ${problem.message}`);
	try {
		return renderPrompt(parts, completeVariables(variables, given));
	} catch (error) {
		throw error instanceof PromptTooLong ? new WeftError("invalid", error.message) : error;
	}
}

async function findProvider({ database, actor }: Caller, teamId: string, input: TestPrompt): Promise<LlmProvider> {
	const { credential, provider } = input;
	const opened = credential ? await openCredentials(database, { teamId, actor }, [credential]) : {};
	const apiKey = credential && opened[credential];
	if (credential && !apiKey)
		throw new WeftError("not_found", `There is no credential “${credential}”. Choose another one.`);
	const env = getEnv();
	const find = limitProviders(createServerProviders(env, outbound()), database, env.WEFT_LLM_LIMITS);
	try {
		return find(provider, { apiKey: apiKey?.trim() });
	} catch (error) {
		throw error instanceof FatalError ? new WeftError("invalid", error.message) : error;
	}
}

function outbound(): OutboundFetch {
	return oncePerProcess("prompt-tests", () => {
		const env = getEnv();
		return createOutboundFetch({ allow: env.WEFT_ALLOW_ADDRESSES, authorities: readAuthorities(env) });
	});
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
