import type { Database } from "@/db/client";
import { openCredentials } from "@/server/credentials/open-credentials";
import { getEnv } from "@/server/env";
import { createOutboundFetch, type OutboundFetch } from "@/server/http/outbound-fetch";
import { readAuthorities } from "@/server/http/read-authorities";
import type { SlackContext } from "@/server/nodes/call-slack";
import { oncePerProcess } from "@/server/once-per-process";
import type { Actor } from "@/server/runs/events";
import { readLargeJson } from "@/server/threads/large-work";

const MAX_ANSWER_BYTES = 5_000_000;
const WEFT: Actor = { kind: "system", name: "Slack" };

export interface SlackApp {
	token: string | undefined;
	signingSecret: string | undefined;
}

/**
 * What a credential of the team holds of its Slack app. Never one of a member's own, which would come before it in a step:
 * whoever brings a Slack of their own could decide there in anybody's name.
 */
export async function openSlackApp(
	database: Pick<Database, "db">,
	{ teamId, credential }: { teamId: string; credential: string },
): Promise<SlackApp> {
	const secret = `${credential}.signingSecret`;
	const opened = await openCredentials(database, { teamId, actor: WEFT }, [credential, secret]);
	return { token: opened[credential], signingSecret: opened[secret] };
}

export function slackFetch(): OutboundFetch {
	return oncePerProcess("slack-fetch", () => {
		const env = getEnv();
		const authorities = readAuthorities(env);
		return createOutboundFetch({ allow: env.WEFT_ALLOW_ADDRESSES, authorities, maxResponseBytes: MAX_ANSWER_BYTES });
	});
}

/** What calls of Slack need outside of a step. */
export function slackContext(fetch: OutboundFetch, timeoutMs: number): SlackContext {
	const signal = AbortSignal.timeout(timeoutMs);
	return { fetch, signal, readJson: (text) => readLargeJson(text, signal) };
}
