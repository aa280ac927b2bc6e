import { FatalError } from "../../errors";
import type { ExecuteContext } from "../execute-context";
import type { GitConfig } from "./config";
import { readHead } from "./local";
import type { GitOutput } from "./outputs";
import { openRemote, pushTo } from "./remote";
import { runGit } from "./run-git";

/** Pushes a branch as it is in the clone. Pushed again, it is there already. */
export async function push(context: ExecuteContext, config: GitConfig): Promise<GitOutput<"push">> {
	const { folder } = config;
	const remote = await openRemote(context, config);
	const branch = await branchOf(context, config);
	const [commit = "", seen = ""] = await readRefs(context, folder, branch);
	if (commit === "") throw new FatalError(`“${folder}” has no branch ${branch}. Ensure the branch, and commit, first.`);
	const replaces = config.force ? { replaces: seen } : {};
	const flag = await pushTo(remote, { folder, commit, branch, ...replaces });
	await runGit(context, { folder, args: ["update-ref", `refs/remotes/origin/${branch}`, commit] });
	const pushed = flag !== "=";
	context.log("info", pushed ? `Pushed ${branch} to ${remote.path}.\n` : `${remote.path} has ${branch} already.\n`);
	return { folder, url: remote.url, branch, commit, pushed, created: flag === "*" };
}

/** The branch that is named, or the one that the clone is on. */
export async function branchOf(context: ExecuteContext, { folder, branch }: GitConfig): Promise<string> {
	if (branch !== undefined && branch !== "") return branch;
	const head = await readHead(context, folder);
	if (head.branch !== null) return head.branch;
	throw new FatalError(`“${folder}” is at a commit of no branch. Ensure a branch first, or name one here.`);
}

/** The commit of a branch here, and the one at which it was last seen there; each empty where there is none. */
async function readRefs(context: ExecuteContext, folder: string, branch: string): Promise<string[]> {
	const script = `for name in "refs/heads/$1" "refs/remotes/origin/$1"; do git rev-parse -q --verify "$name" || echo; done`;
	const { stdout } = await runGit(context, { folder, script, args: [branch] });
	return stdout.split("\n");
}
