import { FatalError } from "../../errors";
import type { ExecuteContext } from "../execute-context";
import type { GitConfig } from "./config";
import type { GitOutput } from "./outputs";
import { fetchInto, listRefs, openRemote } from "./remote";
import { runGit } from "./run-git";

interface Head {
	/** Null at a commit of no branch. */
	branch: string | null;
	/** Null while there is none. */
	commit: string | null;
}

const HEAD = `
git rev-parse --git-dir >/dev/null || exit
git symbolic-ref -q --short HEAD || echo
git rev-parse -q --verify HEAD || echo
`;

export async function readHead(context: ExecuteContext, folder: string): Promise<Head> {
	const { stdout } = await runGit(context, { folder, script: HEAD });
	const [branch = "", commit = ""] = stdout.split("\n");
	return { branch: branch || null, commit: commit || null };
}

export async function currentBranch(
	context: ExecuteContext,
	{ folder }: GitConfig,
): Promise<GitOutput<"current branch">> {
	const head = await readHead(context, folder);
	context.log("info", `${head.branch ?? "no branch"} at ${head.commit ?? "no commit"}\n`);
	return { folder, ...head, detached: head.branch === null };
}

export async function currentCommit(
	context: ExecuteContext,
	{ folder }: GitConfig,
): Promise<GitOutput<"current commit">> {
	const { commit } = await readHead(context, folder);
	if (commit === null) throw new FatalError(`“${folder}” has no commit yet. Commit something first.`);
	const format = "--format=%h%x00%an%x00%ae%x00%aI%x00%B";
	const args = ["log", "-1", "--no-show-signature", "--no-color", format, commit];
	const { stdout } = await runGit(context, { folder, args });
	const [short = "", name = "", email = "", date = "", message = ""] = stdout.split("\0");
	const text = message.trimEnd();
	context.log("info", `${short} ${text.split("\n")[0]}\n`);
	return { folder, commit, short, subject: text.split("\n")[0] ?? "", message: text, author: { name, email }, date };
}

/** Makes the clone be on a branch: one that it has, one that the repository has, or a new one. */
export async function ensureBranch(context: ExecuteContext, config: GitConfig): Promise<GitOutput<"ensure branch">> {
	const { folder, branch = "", base = "" } = config;
	const before = await readHead(context, folder);
	const there = config.url ? await fetchBranch(context, config, before.commit) : undefined;
	const args = [branch, base, there ?? ""];
	const { stdout } = await runGit(context, { folder, script: ENSURE, args, expects: [NO_BASE] });
	if (stdout.includes("no base"))
		throw new FatalError(`The clone has no ${base} to begin the branch at. Clone it first, or choose another base.`);
	const created = stdout.includes("created");
	context.log("info", `${created ? "Made the branch" : "On the branch"} ${branch}.\n`);
	return { folder, ...(await readHead(context, folder)), created };
}

async function fetchBranch(context: ExecuteContext, config: GitConfig, have: string | null) {
	const remote = await openRemote(context, config);
	const name = `refs/heads/${config.branch}`;
	const { commits } = await listRefs(remote, [name]);
	if (!commits.has(name)) return undefined;
	return await fetchInto(remote, { folder: config.folder, from: name, have: have ?? undefined, depth: config.depth });
}

const NO_BASE = 95;
const ENSURE = `
branch=$1 base=$2 there=$3
[ -z "$there" ] || git update-ref "refs/remotes/origin/$branch" "$there" || exit
if [ "$(git symbolic-ref -q --short HEAD)" = "$branch" ]; then
	exit 0
elif git rev-parse -q --verify "refs/heads/$branch" >/dev/null; then
	exec git checkout --quiet "$branch" --
elif git rev-parse -q --verify "refs/remotes/origin/$branch" >/dev/null; then
	exec git checkout --quiet --track -b "$branch" "refs/remotes/origin/$branch"
elif [ -z "$base" ]; then
	git rev-parse -q --verify HEAD >/dev/null || { git symbolic-ref HEAD "refs/heads/$branch" && echo created; exit; }
	git checkout --quiet --no-track -b "$branch" && echo created
	exit
fi
for point in "refs/heads/$base" "refs/remotes/origin/$base" "refs/tags/$base" "$base"; do
	commit=$(git rev-parse -q --verify "$point^{commit}" 2>/dev/null) || continue
	git checkout --quiet --no-track -b "$branch" "$commit" && echo created
	exit
done
echo "no base"
exit ${NO_BASE}
`;
