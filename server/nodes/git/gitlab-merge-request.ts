import { z } from "zod";
import { FatalError, RetryableError } from "../../errors";
import { type Answer, exchange } from "../exchange";
import type { ExecuteContext } from "../execute-context";
import { decodeText, retryAfterSeconds } from "../read-answer";
import type { PullRequestAsked, PullRequestAt } from "./pull-request-asked";

const TIMEOUT_SECONDS = 30;
const MAX_ANSWER_BYTES = 10_000_000;

/** https://docs.gitlab.com/api/merge_requests/ */
const mergeRequestSchema = z.looseObject({
	iid: z.int(),
	web_url: z.string(),
	title: z.string(),
	source_branch: z.string(),
	target_branch: z.string(),
});

export async function findMergeRequest(context: ExecuteContext, at: PullRequestAt, { branch, base }: PullRequestAsked) {
	const query = new URLSearchParams({ state: "opened", source_branch: branch, per_page: "100" });
	if (base !== undefined) query.set("target_branch", base);
	const answer = await ask(context, at, { method: "GET", path: `/merge_requests?${query}` });
	const found = z.array(z.unknown()).safeParse(answer).data ?? [];
	const requests = found.flatMap((each) => mergeRequestSchema.safeParse(each).data ?? []);
	const request = requests.find((each) => each.source_branch === branch);
	return request && toOutput(request);
}

export async function makeMergeRequest(context: ExecuteContext, at: PullRequestAt, asked: PullRequestAsked) {
	const target = asked.base ?? (await defaultBranch(context, at));
	const title = asked.draft && !/^draft:/i.test(asked.title) ? `Draft: ${asked.title}` : asked.title;
	const body = { source_branch: asked.branch, target_branch: target, title, description: asked.body };
	try {
		const { data } = mergeRequestSchema.safeParse(
			await ask(context, at, { method: "POST", path: "/merge_requests", body }),
		);
		if (data) return toOutput(data);
		throw new RetryableError("GitLab’s answer does not say which merge request it opened.");
	} catch (error) {
		// Somebody, or an attempt whose answer was lost, was quicker.
		const isOpen = error instanceof FatalError && error.message.includes("already exists");
		const found = isOpen ? await findMergeRequest(context, at, { ...asked, base: target }) : undefined;
		if (found) return found;
		throw error;
	}
}

async function defaultBranch(context: ExecuteContext, at: PullRequestAt): Promise<string> {
	const answer = await ask(context, at, { method: "GET", path: "" });
	return z.object({ default_branch: z.string() }).parse(answer).default_branch;
}

function toOutput({ iid, web_url, title, source_branch, target_branch }: z.infer<typeof mergeRequestSchema>) {
	return { number: iid, url: web_url, title, branch: source_branch, base: target_branch };
}

interface GitlabRequest {
	method: "GET" | "POST";
	/** Below the project. */
	path: string;
	body?: unknown;
}

async function ask(
	context: ExecuteContext,
	at: PullRequestAt,
	{ method, path, body }: GitlabRequest,
): Promise<unknown> {
	const url = `${at.api.replace(/\/$/, "")}/projects/${encodeURIComponent(at.repository)}${path}`;
	const headers = {
		accept: "application/json",
		authorization: `Bearer ${at.token}`,
		"user-agent": "Weft",
		...(body !== undefined && { "content-type": "application/json" }),
	};
	const init = { method, headers, body: body === undefined ? null : JSON.stringify(body), redirect: "manual" as const };
	const answer = await exchange(context, { url, init }, { timeoutSeconds: TIMEOUT_SECONDS, limit: MAX_ANSWER_BYTES });
	if (!answer.response.ok) throw explain(answer, at);
	try {
		return JSON.parse(decodeText(answer.bytes, "application/json") ?? "");
	} catch {
		throw new RetryableError("GitLab’s answer is no JSON.");
	}
}

function explain(answer: Answer, { repository }: PullRequestAt): FatalError | RetryableError {
	const { status, headers } = answer.response;
	const said = whatItSays(answer);
	const message = `GitLab answered ${status}${said === "" ? "" : `: ${said}`}.`;
	if (status >= 500 || status === 408 || status === 429)
		return new RetryableError(message, retryAfterSeconds(headers.get("retry-after"), Date.now()));
	return new FatalError(`${message} ${NEXT[status]?.(repository) ?? ""}`.trim());
}

const NEXT: Readonly<Record<number, (repository: string) => string>> = {
	401: () => "The token is wrong or has expired: renew it in its credential.",
	403: (repository) => `The token may not do this in ${repository}: give it the scope api.`,
	404: (repository) => `There is no ${repository}, or the token may not see it.`,
};

/** `message` is a text, a list of texts, or lists of texts by field. */
function whatItSays({ bytes }: Answer): string {
	try {
		const { message, error } = z
			.looseObject({ message: z.unknown(), error: z.unknown() })
			.partial()
			.parse(JSON.parse(decodeText(bytes, "application/json") ?? ""));
		const said = message ?? error ?? "";
		const text = typeof said === "string" ? said : Array.isArray(said) ? said.join(", ") : JSON.stringify(said);
		return text.replace(/\.$/, "").slice(0, 300);
	} catch {
		return "";
	}
}
