import { createHash } from "node:crypto";
import { FatalError } from "../../errors";
import type { ExecuteContext } from "../execute-context";
import type { GitConfig } from "./config";
import { readHead } from "./local";
import type { GitOutput } from "./outputs";
import { fetchInto, listRefs, openRemote, type Remote } from "./remote";
import { EXITS, runGit } from "./run-git";

const MEGABYTE = 1_000_000;

/**
 * Clones into a folder beside the one that is named, and puts it there when it is whole: what was cut off leaves no half of
 * it. A folder that holds a clone of the same repository is brought up to date as far as that loses nothing.
 */
export async function clone(context: ExecuteContext, config: GitConfig): Promise<GitOutput<"clone">> {
	const remote = await openRemote(context, config);
	const found = await findThere(context, config.folder);
	if (found === "other")
		throw new FatalError(
			`“${config.folder}” is not empty, and no clone of ${remote.path}. Choose another folder, or delete it with a Files step.`,
		);
	const target = await findTarget(remote, config.ref ?? "");
	if (found === undefined) await cloneAnew(remote, target, config);
	else if (found !== remote.url)
		throw new FatalError(`“${config.folder}” is a clone of another repository. Choose another folder for this one.`);
	else await update(remote, target, config);
	const { branch, commit } = await readHead(context, config.folder);
	await tellWhatIsLeft(context, config.folder);
	context.log("info", `${config.folder} is at ${branch ?? commit ?? "the beginning"} of ${remote.path}.\n`);
	return { folder: config.folder, url: remote.url, branch, commit, existed: found !== undefined };
}

/** Submodules and files of Git LFS are no part of a clone, and what stands in their place looks like files. */
async function tellWhatIsLeft(context: ExecuteContext, folder: string): Promise<void> {
	const { stdout } = await runGit(context, { folder, script: LEFT });
	const [submodules = "0", pointers = "0"] = stdout.split("\n");
	if (submodules !== "0")
		context.log(
			"warn",
			`Submodules are not fetched, and their folders are empty: ${submodules}. Clone each in a step of its own.\n`,
		);
	if (pointers !== "0")
		context.log("warn", `Files of Git LFS are pointers, and their contents are not fetched: ${pointers}.\n`);
}

const LEFT = `
git ls-files --stage 2>/dev/null | grep -c '^160000 ' || :
git grep --cached -qI 'filter=lfs' -- '.gitattributes' '**/.gitattributes' 2>/dev/null || { echo 0; exit 0; }
git grep --cached -lI '^version https://git-lfs.github.com/spec/v1$' 2>/dev/null | grep -c . || :
`;

/** The address that a clone came from; undefined where there is nothing, `other` for what is no clone. */
async function findThere(context: ExecuteContext, folder: string): Promise<string | undefined> {
	const script = `[ -d "$1" ] || [ -e "$1" ] || exit 0
		[ -d "$1" ] && [ -z "$(ls -A -- "$1")" ] && exit 0
		git -C "$1" config --local --get remote.origin.url || echo other`;
	const { stdout } = await runGit(context, { folder: ".", script, args: [`./${folder}`] });
	return stdout.trim() || undefined;
}

interface Target {
	/** What is fetched; undefined for a repository without any commit. */
	from: string | undefined;
	/** The branch that the clone is on; undefined for a tag or a commit. */
	branch: string | undefined;
}

async function findTarget(remote: Remote, ref: string): Promise<Target> {
	if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(ref)) return { from: ref, branch: undefined };
	const names = ref === "" ? [] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
	const { head, commits } = await listRefs(remote, names);
	if (ref === "" && commits.size === 0) return { from: undefined, branch: head?.slice("refs/heads/".length) ?? "main" };
	if (ref === "") return { from: head ?? "HEAD", branch: head?.slice("refs/heads/".length) };
	const found = names.find((name) => commits.has(name));
	if (found === undefined)
		throw new FatalError(`${remote.path} has no branch or tag named ${ref}. Enter another one, or a whole commit.`);
	return { from: found, branch: found.startsWith("refs/heads/") ? ref : undefined };
}

async function cloneAnew(remote: Remote, { from, branch }: Target, config: GitConfig): Promise<void> {
	const { context } = remote;
	const { folder, depth, maxMb } = config;
	const key = createHash("sha256").update(JSON.stringify([context.run.id, context.node.id, context.iteration]));
	const half = `.weft-clone-${key.digest("hex").slice(0, 24)}`;
	await runGit(context, { folder: ".", script: BEGIN, args: [half, branch ?? "main", remote.url] });
	const fetched = { folder: half, from: from ?? "", depth, fileBytes: maxMb * MEGABYTE };
	const commit = from === undefined ? "" : await fetchInto(remote, fetched);
	const kilobytes = Math.floor((maxMb * MEGABYTE) / 1_024);
	const args = [half, folder, commit, branch ?? "", String(kilobytes)];
	const { exitCode } = await runGit(context, { folder: ".", script: FINISH, args, expects: [TOO_LARGE] });
	if (exitCode !== TOO_LARGE) return;
	throw new FatalError(
		`The clone takes more than the step's limit of ${maxMb} MB. Raise the limit, or fetch fewer commits.`,
	);
}

const BEGIN = `
rm -rf -- "./$1" && git init --quiet --template= "./$1" && cd -- "./$1" || exit
git symbolic-ref HEAD "refs/heads/$2" && git config remote.origin.url "$3" &&
git config remote.origin.fetch "+refs/heads/*:refs/remotes/origin/*"
`;

const TOO_LARGE = 95;

/** Checks the files out and puts the clone in its place, not by a link that leads out of the workspace. */
const FINISH = `
half=$workspace/$1 folder=$2 commit=$3 branch=$4 limit=$5
check() {
	size=$(du -sk . | cut -f 1)
	[ "$size" -le "$limit" ] || { cd "$workspace" && rm -rf -- "$half"; exit ${TOO_LARGE}; }
}
cd -- "$half" || exit
if [ -n "$commit" ]; then
	check
	if [ -n "$branch" ]; then
		git update-ref "refs/remotes/origin/$branch" "$commit" && git config "branch.$branch.remote" origin &&
		git config "branch.$branch.merge" "refs/heads/$branch" && git checkout --quiet -B "$branch" "$commit" || exit
	else
		git checkout --quiet --detach "$commit" || exit
	fi
	check
fi
cd "$workspace"
case "$folder" in */*) mkdir -p -- "./\${folder%/*}" && cd -- "./\${folder%/*}" || exit;; esac
case "$(pwd -P)/" in "$workspace"/*) ;; *) exit ${EXITS.leadsOut};; esac
name=\${folder##*/}
[ ! -d "./$name" ] || [ -L "./$name" ] || rmdir -- "./$name" || exit
[ ! -e "./$name" ] && [ ! -L "./$name" ] || { echo "There is something in the place of the clone." >&2; exit 1; }
mv -- "$half" "./$name"
`;

async function update(remote: Remote, { from, branch }: Target, { folder, depth, maxMb }: GitConfig): Promise<void> {
	const { context } = remote;
	if (from === undefined) return;
	const { commit: have } = await readHead(context, folder);
	const fetched = { folder, from, depth, have: have ?? undefined, fileBytes: maxMb * MEGABYTE };
	const commit = await fetchInto(remote, fetched);
	const { stdout } = await runGit(context, { folder, script: FORWARD, args: [commit, branch ?? ""] });
	if (stdout.includes("kept")) context.log("warn", `${folder} has changes of its own and stays where it is.\n`);
}

const FORWARD = `
if [ -z "$2" ]; then
	[ "$(git rev-parse -q --verify HEAD)" = "$1" ] || git checkout --quiet --detach "$1" 2>/dev/null || echo kept
	exit 0
fi
git update-ref "refs/remotes/origin/$2" "$1" || exit
[ "$(git symbolic-ref -q --short HEAD)" = "$2" ] && git merge --quiet --ff-only "$1" >/dev/null 2>&1 || echo kept
`;
