import { getEnv } from "@/server/env";
import { publicAddress } from "@/server/public-address";
import type { Delivered, HookTrigger } from "../hook-kind";
import type { Answered } from "./start-from";

const NO_STORE = { "cache-control": "no-store", "x-robots-tag": "noindex, nofollow" };

export function refuse(status: number, error: string, headers: Record<string, string> = {}): Response {
	return Response.json({ error }, { status, headers: { ...NO_STORE, ...headers } });
}

/** The page of a run. */
export function runAddress({ team, slug }: HookTrigger, number: number): string {
	return publicAddress(`/${team}/workflows/${slug}/runs/${number}`, getEnv());
}

/**
 * One answer for all triggers behind an address: 202 with what became of it for each, once it is persisted for any of them;
 * otherwise why all of them refuse it.
 */
export function answerAll(answers: readonly Answered[]): Response {
	const deliveries = answers.flatMap(({ trigger, delivered }) => delivered.map((each) => tell(trigger, each)));
	const told = answers.filter(({ delivered }) => delivered.length > 0);
	if (told.length > 0) {
		const code = told.every((answer) => answer.status === 200) ? 200 : 202;
		return Response.json({ deliveries }, { status: code, headers: NO_STORE });
	}
	const { status = 401, retryAfterSeconds } = answers.find((answer) => answer.status === 429) ?? answers[0] ?? {};
	const answer = refuse(status, REFUSALS[status] ?? "It was refused.");
	if (retryAfterSeconds !== undefined) answer.headers.set("retry-after", String(retryAfterSeconds));
	return answer;
}

/** What the draft of a workflow that waits for a test event answers to a request. */
export interface TestAnswer {
	workflow: string;
	status: number;
	isPinned?: boolean;
}

/** The answer where nothing is published yet: 202 if a draft takes the request as what it is, pinned or not. */
export function answerTests(answers: readonly TestAnswer[]): Response {
	const taken = answers.filter(({ status }) => status === 202);
	const tests = taken.map(({ workflow, isPinned = false }) => ({ workflow, isPinned }));
	if (tests.length > 0) return Response.json({ deliveries: [], tests }, { status: 202, headers: NO_STORE });
	const { status = 401 } = answers[0] ?? {};
	return refuse(status, REFUSALS[status] ?? "It was refused.", status === 429 ? { "retry-after": "60" } : {});
}

/** To somebody who has not proven who they are: no more than what they did wrong. */
const REFUSALS: Readonly<Record<number, string>> = {
	400: "Its body cannot be read as its content type says.",
	401: "It is not signed as this address asks.",
	405: "This address does not take this method.",
	413: "Its body is too large.",
	429: "Too many requests within a minute. Send it again later.",
};

function tell(trigger: HookTrigger, { id, verdict, run }: Delivered) {
	const started = run && { id: run.id, number: run.number, url: runAddress(trigger, run.number) };
	return { id, workflow: trigger.slug, verdict, ...(started && { run: started }) };
}
