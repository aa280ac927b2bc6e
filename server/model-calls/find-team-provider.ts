import { z } from "zod";
import type { Db } from "@/db/client";
import type { MODEL_CALL_PURPOSES } from "@/db/schema/model-calls";
import { admitCall } from "@/server/budgets/admit-call";
import { openCredentials } from "@/server/credentials/open-credentials";
import { getEnv } from "@/server/env";
import { FatalError, WeftError } from "@/server/errors";
import { limitProviders } from "@/server/execution/provider-limits";
import { createOutboundFetch, type OutboundFetch } from "@/server/http/outbound-fetch";
import { readAuthorities } from "@/server/http/read-authorities";
import type { LlmProvider } from "@/server/llm/provider";
import { createServerProviders } from "@/server/llm/server-providers";
import { oncePerProcess } from "@/server/once-per-process";
import type { Usage } from "@/server/runs/events";
import type { Caller } from "@/server/teams/caller";
import { recordCalls } from "./record-calls";
import { recordModelCall } from "./record-model-call";

/** Which model a person asks outside of a run. */
export const modelChoiceSchema = z.object({
	provider: z.string().min(1).max(100),
	/** The usual one of the provider without it. */
	model: z.string().trim().min(1).max(100).optional(),
	/** The credential that holds a key, as `NAME` or `NAME.part`; without it the server’s key is used. */
	credential: z.string().max(200).optional(),
});
export type ModelChoice = z.infer<typeof modelChoiceSchema>;

/** What a model is asked about outside of a run, and who pays. */
interface Matter {
	teamId: string;
	/** Null where it is about none. */
	workflowId: string | null;
	purpose: (typeof MODEL_CALL_PURPOSES)[number];
}

/**
 * The provider that a member has chosen, with the team's key or the server's. Budgets are asked before each of its calls, and
 * what each costs is kept. Throws `invalid` where it is not set up.
 */
export async function findTeamProvider(
	{ database, actor }: Caller,
	matter: Matter,
	{ credential, provider }: ModelChoice,
): Promise<LlmProvider> {
	const { teamId, workflowId } = matter;
	const opened = credential ? await openCredentials(database, { teamId, actor }, [credential]) : {};
	const apiKey = credential && opened[credential];
	if (credential && !apiKey)
		throw new WeftError("not_found", `There is no credential “${credential}”. Choose another one.`);
	const env = getEnv();
	const found = createServerProviders(env, outbound());
	const keep = keepCalls(database.db, actor, matter);
	const find = limitProviders((...asked) => recordCalls(found(...asked), keep), database, env.WEFT_LLM_LIMITS);
	try {
		const admit = () => admitCall(database.sql, { teamId, workflowId, runId: null });
		return find(provider, { apiKey: apiKey?.trim(), admit });
	} catch (error) {
		throw error instanceof FatalError ? new WeftError("invalid", error.message) : error;
	}
}

/** Keeps what somebody's calls have cost. */
export function keepCalls(db: Db, actor: Caller["actor"], matter: Matter): (usage: Usage) => Promise<void> {
	const userId = actor.kind === "user" ? actor.id : null;
	return (usage) => recordModelCall(db, { ...matter, userId, usage });
}

function outbound(): OutboundFetch {
	return oncePerProcess("team-providers", () => {
		const env = getEnv();
		return createOutboundFetch({ allow: env.WEFT_ALLOW_ADDRESSES, authorities: readAuthorities(env) });
	});
}
