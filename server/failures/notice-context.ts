import type { Database } from "@/db/client";
import { getEnv } from "@/server/env";
import { FatalError } from "@/server/errors";
import { createOutboundFetch } from "@/server/http/outbound-fetch";
import { readAuthorities } from "@/server/http/read-authorities";
import { createResolveAllowed } from "@/server/http/resolve-allowed";
import { createSendStepMail } from "@/server/mail/send-step-mail";
import type { SendStepMail } from "@/server/mail/step-mail";
import type { ExecuteContext } from "@/server/nodes/execute-context";
import { logger } from "@/server/observability/logger";
import { oncePerProcess } from "@/server/once-per-process";
import type { Json } from "@/server/plan/values/json";
import { readJson } from "@/server/plan/values/read-json";

const log = logger.child({ part: "failure-notices" });
const MAX_ANSWER_BYTES = 2_000_000;

/** What the steps that tell of failures are given of this server. */
export interface NoticeServices {
	fetch: ExecuteContext["fetch"];
	mail: SendStepMail;
}

export function noticeServices(database: Database): NoticeServices {
	return oncePerProcess("failure-notices", () => {
		const env = getEnv();
		const allow = env.WEFT_ALLOW_ADDRESSES;
		const authorities = readAuthorities(env);
		return {
			fetch: createOutboundFetch({ allow, authorities, maxResponseBytes: MAX_ANSWER_BYTES }),
			mail: createSendStepMail(database, { resolve: createResolveAllowed(allow), authorities }),
		};
	});
}

export interface NoticeCall {
	teamId: string;
	/** The same in every attempt: by it far sides know again what they have taken already. */
	id: string;
	/** From 1. */
	attempt: number;
	signal: AbortSignal;
}

/** What a step sees that tells of a failure outside of every run: it sends, and has nothing else. */
export function createNoticeContext({ fetch, mail }: NoticeServices, call: NoticeCall): ExecuteContext {
	const { teamId, id, attempt, signal } = call;
	const state = new Map<string, Json>();
	return {
		run: { id: "failure", number: 0, workflowName: "" },
		node: { id, name: "" },
		...{ iteration: "", attempt, signal, env: {}, fetch, authorities: undefined },
		mail: (letter) => mail({ teamId }, letter, signal),
		readJson: async (text) => readJson(text),
		compute: (work) => work(),
		log: (level, text) => log.debug({ notice: id, level }, text),
		state: {
			get: (key) => state.get(key),
			set: (key, value) => void state.set(key, value),
			delete: (key) => state.delete(key),
		},
		...{
			token: refuse,
			spend: refuse,
			budget: refuse,
			comment: refuse,
			evaluate: refuse,
			llm: refuse,
			bill: refuse,
			prompt: refuse,
			workspace: refuse,
			resolve: refuse,
			sendEvent: refuse,
		},
		history: { logs: refuse, lastCalled: refuse },
		transcript: { read: refuse, append: refuse, isPaused: refuse },
		// A notice brings no files.
		artifacts: { add: refuse, find: async () => [] },
	};
}

function refuse(): never {
	throw new FatalError("This step cannot tell of failures. Choose another destination.");
}
