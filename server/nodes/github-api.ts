import { z } from "zod";
import { FatalError, RetryableError } from "../errors";
import { type Answer, exchange } from "./exchange";
import type { ExecuteContext } from "./execute-context";
import { decodeText, retryAfterSeconds } from "./read-answer";

const TIMEOUT_SECONDS = 30;
/** A page of a hundred comments of the largest kind. */
const MAX_ANSWER_BYTES = 10_000_000;

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api: `errors` may hold texts, too. */
const errorSchema = z.object({
	message: z.string().default(""),
	errors: z
		.array(
			z.union([
				z.string(),
				z.looseObject({ field: z.string().optional(), code: z.string().optional(), message: z.string().optional() }),
			]),
		)
		.optional()
		.catch(undefined),
});

export interface GithubRequest {
	method: "GET" | "POST" | "DELETE";
	/** Below the repository, as in `/issues/7/comments`. */
	path: string;
	body?: unknown;
}

export interface GithubAt {
	api: string;
	repository: string;
	token: string;
}

/**
 * Asks GitHub's REST API and returns what it answers. Throws `RetryableError` when it is busy or counts too many requests,
 * after as long as it says, and `FatalError` with what to do for all else; `null` where `missing` allows a 404.
 */
export async function askGithub(
	context: Pick<ExecuteContext, "fetch" | "signal">,
	at: GithubAt,
	{ missing = "fails", ...request }: GithubRequest & { missing?: "null" | "fails" },
): Promise<unknown> {
	const url = `${at.api.endsWith("/") ? at.api.slice(0, -1) : at.api}/repos/${at.repository}${request.path}`;
	const headers = {
		accept: "application/vnd.github+json",
		authorization: `Bearer ${at.token.trim()}`,
		"user-agent": "Weft",
		"x-github-api-version": "2022-11-28",
		...(request.body !== undefined && { "content-type": "application/json" }),
	};
	const body = request.body === undefined ? null : JSON.stringify(request.body);
	const init = { method: request.method, headers, body, redirect: "manual" as const };
	const answer = await exchange(context, { url, init }, { timeoutSeconds: TIMEOUT_SECONDS, limit: MAX_ANSWER_BYTES });
	const { status } = answer.response;
	if (status >= 200 && status < 300) return status === 204 ? null : readJson(answer);
	if (status === 404 && missing === "null") return null;
	throw explain(answer, at);
}

function readJson({ bytes, truncated }: Answer): unknown {
	if (truncated) throw new FatalError("GitHub answered with more than 10 MB.");
	try {
		return JSON.parse(decodeText(bytes, "application/json") ?? "");
	} catch {
		throw new RetryableError("GitHub’s answer is no JSON.");
	}
}

function explain(answer: Answer, { repository }: GithubAt): FatalError | RetryableError {
	const { status, headers } = answer.response;
	const said = whatItSays(answer);
	const wait = waitOf(headers, said);
	if (status === 429 || (status === 403 && wait !== undefined))
		return new RetryableError(`GitHub takes no more requests for now${colon(said)}`, wait);
	if (status >= 500 || status === 408) return new RetryableError(`GitHub answered ${status}${colon(said)}`, wait);
	const next = nextStep(status, repository);
	return new FatalError(`GitHub answered ${status}${colon(said)}${next === "" ? "" : ` ${next}`}`);
}

function nextStep(status: number, repository: string): string {
	if (status === 401) return "The token is wrong or has expired: renew it in its credential.";
	if (status === 403) return `The token may not do this in ${repository}: give it the permission to write there.`;
	if (status === 404) return `There is nothing of that name in ${repository}, or the token may not see it.`;
	if (status === 301 || status === 307 || status === 308) return `${repository} was renamed: enter its new name.`;
	return "";
}

function colon(said: string): string {
	return said === "" ? "." : `: ${said}${said.endsWith(".") ? "" : "."}`;
}

function whatItSays({ bytes }: Answer): string {
	try {
		const { message, errors = [] } = errorSchema.parse(JSON.parse(decodeText(bytes, "application/json") ?? ""));
		const details = errors.map((error) =>
			typeof error === "string" ? error : (error.message ?? [error.field, error.code].filter(Boolean).join(" ")),
		);
		return [message, details.join(", ")]
			.filter((part) => part !== "")
			.join(": ")
			.slice(0, 300);
	} catch {
		return "";
	}
}

/**
 * Seconds, by https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: `Retry-After`, else when the
 * window ends, else a minute for a secondary limit that says neither. Undefined where no limit was met.
 */
function waitOf(headers: Headers, said: string): number | undefined {
	const now = Date.now();
	const asked = retryAfterSeconds(headers.get("retry-after"), now);
	if (asked !== undefined) return asked;
	const reset = Number(headers.get("x-ratelimit-reset"));
	if (headers.get("x-ratelimit-remaining") === "0" && reset > 0)
		return Math.min(Math.max(reset - now / 1_000, 1), 3_600);
	return /rate limit/i.test(said) ? 60 : undefined;
}
