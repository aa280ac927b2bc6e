import { FatalError } from "../../errors";
import type { ExecuteContext } from "../execute-context";
import type { GitConfig } from "./config";
import { findGithubPullRequest, makeGithubPullRequest } from "./github-pull-request";
import { findMergeRequest, makeMergeRequest } from "./gitlab-merge-request";
import type { GitOutput } from "./outputs";
import type { PullRequestAsked, PullRequestAt } from "./pull-request-asked";
import { branchOf } from "./push";
import { parseRemote, type RemoteAddress } from "./remote-address";

type Opened = Omit<GitOutput<"pull request">, "existed">;

/** Opens a pull or merge request, unless one of the same branch is open, which is returned instead. */
export async function openPullRequest(context: ExecuteContext, config: GitConfig): Promise<GitOutput<"pull request">> {
	const remote = parseRemote(config.url ?? "");
	const { find, make, at } = forgeOf(remote, config);
	const { title = "", body = "", draft } = config;
	const asked = { branch: await branchOf(context, config), base: config.base || undefined, title, body, draft };
	const found = await find(context, at, asked);
	const opened = found ?? (await make(context, at, asked));
	context.log("info", `${found ? "Open already" : "Opened"}: ${opened.url}\n`);
	return { ...opened, existed: found !== undefined };
}

interface Forge {
	find(context: ExecuteContext, at: PullRequestAt, asked: PullRequestAsked): Promise<Opened | undefined>;
	make(context: ExecuteContext, at: PullRequestAt, asked: PullRequestAsked): Promise<Opened>;
	at: PullRequestAt;
}

function forgeOf({ host, origin, path }: RemoteAddress, { forge, api, token = "" }: GitConfig): Forge {
	const kind = forge === "auto" ? guessForge(host) : forge;
	const at = { repository: path, token: token.trim() };
	if (kind === "gitlab")
		return { find: findMergeRequest, make: makeMergeRequest, at: { ...at, api: api ?? `${origin}/api/v4` } };
	if (!/^[A-Za-z0-9-]{1,100}\/[A-Za-z0-9._-]{1,100}$/.test(path))
		throw new FatalError(
			`${path} is no repository of GitHub. Its address looks like https://github.com/acme/site.git.`,
		);
	const own = host === "github.com" ? "https://api.github.com" : `${origin}/api/v3`;
	return { find: findGithubPullRequest, make: makeGithubPullRequest, at: { ...at, api: api ?? own } };
}

function guessForge(host: string): "github" | "gitlab" {
	if (/(?:^|[.-])github(?:[.-]|$)/i.test(host)) return "github";
	if (/(?:^|[.-])gitlab(?:[.-]|$)/i.test(host)) return "gitlab";
	throw new FatalError(`Whether ${host} is GitHub or GitLab cannot be told from its name. Choose the kind of server.`);
}
