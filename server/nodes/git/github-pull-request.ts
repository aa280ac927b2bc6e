import { z } from "zod";
import { FatalError, RetryableError } from "../../errors";
import type { ExecuteContext } from "../execute-context";
import { askGithub } from "../github-api";
import type { PullRequestAsked, PullRequestAt } from "./pull-request-asked";

/** https://docs.github.com/rest/pulls/pulls */
const pullSchema = z.looseObject({
	number: z.int(),
	html_url: z.string(),
	title: z.string(),
	head: z.looseObject({ ref: z.string() }),
	base: z.looseObject({ ref: z.string() }),
});

export async function findGithubPullRequest(context: ExecuteContext, at: PullRequestAt, asked: PullRequestAsked) {
	const owner = at.repository.split("/")[0] ?? "";
	const query = new URLSearchParams({ state: "open", head: `${owner}:${asked.branch}`, per_page: "100" });
	if (asked.base !== undefined) query.set("base", asked.base);
	const answer = await askGithub(context, at, { method: "GET", path: `/pulls?${query}` });
	const found = z.array(z.unknown()).safeParse(answer).data ?? [];
	const pulls = found.flatMap((each) => pullSchema.safeParse(each).data ?? []);
	const pull = pulls.find(({ head }) => head.ref === asked.branch);
	return pull && toOutput(pull);
}

export async function makeGithubPullRequest(context: ExecuteContext, at: PullRequestAt, asked: PullRequestAsked) {
	const { branch: head, title, body, draft } = asked;
	const base = asked.base ?? (await defaultBranch(context, at));
	try {
		return toOutput(
			readPull(
				await askGithub(context, at, { method: "POST", path: "/pulls", body: { title, head, base, body, draft } }),
			),
		);
	} catch (error) {
		// Somebody, or an attempt whose answer was lost, was quicker.
		const isOpen = error instanceof FatalError && error.message.includes("already exists");
		const found = isOpen ? await findGithubPullRequest(context, at, { ...asked, base }) : undefined;
		if (found) return found;
		throw error;
	}
}

async function defaultBranch(context: ExecuteContext, at: PullRequestAt): Promise<string> {
	const answer = await askGithub(context, at, { method: "GET", path: "" });
	return z.object({ default_branch: z.string() }).parse(answer).default_branch;
}

function readPull(answer: unknown) {
	const { data } = pullSchema.safeParse(answer);
	if (data) return data;
	throw new RetryableError("GitHub’s answer does not say which pull request it opened.");
}

function toOutput({ number, html_url, title, head, base }: z.infer<typeof pullSchema>) {
	return { number, url: html_url, title, branch: head.ref, base: base.ref };
}
