import type { ArtifactRef } from "@/server/artifacts/artifact-ref";
import { FatalError } from "../../errors";
import type { ExecuteContext } from "../execute-context";
import { keepLeftFiles } from "../program-files";
import { countOf } from "../summary-text";
import type { GitConfig } from "./config";
import { readHead } from "./local";
import type { GitOutput } from "./outputs";
import { runGit } from "./run-git";

/** Files that are named one by one; of more, the number is told. */
const MAX_FILES = 5_000;
const MAX_DIFF_BYTES = 500_000;

/**
 * Works with a copy of the index that it puts back when it is done: what is cut off leaves no lock behind, and what is
 * compared leaves nothing staged.
 */
const OWN_INDEX = `
git rev-parse --git-dir >/dev/null || exit
index=$(git rev-parse --git-path index) || exit
[ ! -f "$index" ] || cp -- "$index" "$TMPDIR/index" || exit
export GIT_INDEX_FILE="$TMPDIR/index"
[ $# -gt 0 ] || set -- .
`;

const NOTHING = 95;

const COMMIT = `${OWN_INDEX}
git add --all -- "$@" || exit
count=$(git diff --cached --no-renames --name-only -z | tr -cd '\\000' | wc -c)
if [ "$count" -gt 0 ]; then
	git commit --quiet --no-verify --cleanup=whitespace --file="$WEFT_COMMAND_FILES/message" || exit
	git update-index -q --refresh >/dev/null || :
fi
cp -- "$TMPDIR/index" "$index.weft" && mv -f -- "$index.weft" "$index" || exit
echo "$count"
`;

export async function commit(context: ExecuteContext, config: GitConfig): Promise<GitOutput<"commit">> {
	const { folder, message = "", authorName, authorEmail } = config;
	const { stdout } = await runGit(context, {
		...{ folder, script: COMMIT, args: checkPaths(config.paths), files: { message } },
		env: {
			...{ GIT_AUTHOR_NAME: authorName, GIT_AUTHOR_EMAIL: authorEmail },
			...{ GIT_COMMITTER_NAME: authorName, GIT_COMMITTER_EMAIL: authorEmail },
		},
	});
	const files = Number.parseInt(stdout, 10);
	const head = await readHead(context, folder);
	const done = files > 0 ? `Committed ${countOf(files, "file")} as ${head.commit}.` : "There is nothing to commit.";
	context.log("info", `${done}\n`);
	return { folder, ...head, committed: files > 0, files };
}

/** Git's own magic words for paths begin with a colon. */
function checkPaths(paths: readonly string[]): string[] {
	return paths.map((path) => {
		if (!/^[/]|\0/.test(path) && !path.split("/").includes("..")) return `:(literal)${path}`;
		throw new FatalError(`“${path}” leads out of the clone. Write a path inside it, such as docs/.`);
	});
}

type Change = GitOutput<"status">["files"][number];

export async function status(context: ExecuteContext, { folder }: GitConfig): Promise<GitOutput<"status">> {
	const args = ["status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--ignore-submodules=dirty"];
	const { stdout } = await runGit(context, { folder, args, env: { GIT_OPTIONAL_LOCKS: "0" } });
	const parts = stdout.split("\0");
	const files: Change[] = [];
	let [ahead, behind] = [0, 0];
	for (let at = 0; at < parts.length; at++) {
		const line = parts[at] ?? "";
		const counts = /^# branch\.ab \+(\d+) -(\d+)$/.exec(line);
		if (counts) [ahead, behind] = [Number(counts[1]), Number(counts[2])];
		const file = readChange(line);
		if (file) files.push(file);
		// Behind what was renamed stands its former name.
		if (line.startsWith("2 ")) at++;
	}
	context.log("info", files.length === 0 ? "Nothing has changed.\n" : `${countOf(files.length, "file")} changed.\n`);
	const head = await readHead(context, folder);
	const count = files.length;
	return { folder, ...head, clean: count === 0, ahead, behind, files: files.slice(0, MAX_FILES), count };
}

/** A line of `git status --porcelain=v2`. */
function readChange(line: string): Change | undefined {
	const [kind, states = ""] = line.split(" ", 2);
	const path = line
		.split(" ")
		.slice(FIELDS_BEFORE_PATH[kind ?? ""])
		.join(" ");
	if (kind === "?") return { path, change: "untracked", staged: false };
	if (kind === "u") return { path, change: "conflicted", staged: false };
	if (kind !== "1" && kind !== "2") return undefined;
	const staged = !states.startsWith(".");
	const letter = staged ? states[0] : states[1];
	return { path, change: CHANGES[letter ?? ""] ?? "modified", staged };
}

const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { "1": 8, "2": 9, u: 10, "?": 1 };
const CHANGES: Readonly<Record<string, Change["change"]>> = { A: "added", D: "deleted", R: "renamed", C: "added" };

const DIFF = `
base=$1
shift
${OWN_INDEX}
git add --all -- "$@" || exit
if [ -n "$base" ]; then
	for point in "refs/heads/$base" "refs/remotes/origin/$base" "refs/tags/$base" "$base" ""; do
		[ -n "$point" ] || { echo "no base"; exit ${NOTHING}; }
		from=$(git rev-parse -q --verify "$point^{commit}" 2>/dev/null) && break
	done
else
	from=$(git rev-parse -q --verify HEAD) || from=$(git hash-object -t tree /dev/null)
fi
compare() { git diff --cached --no-ext-diff --no-textconv --no-color --no-renames "$@"; }
compare --numstat -z "$from" -- "$@" >"$TMPDIR/files" || exit
compare --binary "$from" -- "$@" >"$TMPDIR/changes" || exit
size=$(wc -c <"$TMPDIR/changes")
printf '%s\\0' "$from"
cat "$TMPDIR/files"
printf '\\0'
if [ "$size" -gt ${MAX_DIFF_BYTES} ]; then mv -- "$TMPDIR/changes" "$WEFT_ARTIFACTS/changes.diff"; else cat "$TMPDIR/changes"; fi
`;

/** All that has changed in the clone's files, new ones included. */
export async function diff(context: ExecuteContext, config: GitConfig): Promise<GitOutput<"diff">> {
	const { folder, base = "" } = config;
	let artifact: ArtifactRef | null = null;
	const { stdout, exitCode } = await runGit(context, {
		...{ folder, script: DIFF, args: [base, ...checkPaths(config.paths)], expects: [NOTHING] },
		async collect(left) {
			const kept = await keepLeftFiles(context, left);
			if (kept.failure) throw kept.failure;
			artifact = kept.artifacts[0] ?? null;
		},
	});
	if (exitCode === NOTHING)
		throw new FatalError(`The clone has no ${base} to compare with. Clone more of it, or choose another base.`);
	const from = stdout.slice(0, stdout.indexOf("\0"));
	const rest = stdout.slice(from.length + 1);
	const end = rest.startsWith("\0") ? 0 : rest.indexOf("\0\0") + 1;
	const files = rest.slice(0, end).split("\0").filter(Boolean).map(readCounts);
	const sum = (of: "additions" | "deletions") => files.reduce((total, file) => total + (file[of] ?? 0), 0);
	const [additions, deletions] = [sum("additions"), sum("deletions")];
	context.log("info", `${countOf(files.length, "file")} changed: +${additions} −${deletions}.\n`);
	return {
		...{ folder, base: from, diff: artifact === null ? rest.slice(end + 1) : null, artifact },
		...{ files: files.slice(0, MAX_FILES), count: files.length, additions, deletions },
	};
}

/** A line of `git diff --numstat`; a dash stands for what has no lines. */
function readCounts(line: string): GitOutput<"diff">["files"][number] {
	const [added = "-", deleted = "-", ...path] = line.split("\t");
	const count = (text: string) => (text === "-" ? null : Number(text));
	return { path: path.join("\t"), additions: count(added), deletions: count(deleted) };
}
