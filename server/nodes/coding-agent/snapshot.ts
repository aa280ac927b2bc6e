import type { ArtifactRef } from "@/server/artifacts/artifact-ref";
import { FatalError } from "@/server/errors";
import type { LeftFile } from "@/server/runners/runner";
import type { ChangedFile } from "@/server/runs/coding-result";
import { gitEnvironment } from "../git-settings";
import { runInDirectory } from "./run-in-directory";
import type { Work } from "./work";

/** Files that are named one by one; of more, the number is told. */
const MAX_FILES = 2_000;
const MAX_PATH_CHARACTERS = 300_000;
const MAX_PATCH_BYTES = 100_000;
const NO_GIT = 91;
const SEPARATOR = "\u0001";

/**
 * A tree of git of all files that are not ignored, made in a repository of its own outside of the directory: no setting,
 * hook or filter of a repository there counts, and nothing is left in it. Repositories inside are taken as folders.
 */
const TAKE = `
command -v git >/dev/null 2>&1 || exit ${NO_GIT}
export GIT_OBJECT_DIRECTORY="$HOME/.weft-snapshots" GIT_DIR="$TMPDIR/weft-snapshot"
mkdir -p -- "$GIT_OBJECT_DIRECTORY" && git init -q --bare || exit
take() {
	local others=() one
	for one in "\${inside[@]}"; do case "$one" in "$1"/*) others+=(":(exclude,literal)\${one#"$1"/}");; esac; done
	export GIT_WORK_TREE="$top/$1" GIT_INDEX_FILE="$TMPDIR/weft-index-$2"
	( cd -- "$top/$1" && git add --all -- . "\${others[@]}" ) || return
	git write-tree
}
top=$(pwd -P)
inside=()
while IFS= read -r -d '' one; do one=\${one#./}; inside+=("\${one%/.git}"); done \\
	< <(find . -mindepth 2 -maxdepth 6 -name node_modules -prune -o -mindepth 2 -maxdepth 6 -name .git -prune -print0 2>/dev/null | LC_ALL=C sort -z)
export GIT_WORK_TREE="$top" GIT_INDEX_FILE="$TMPDIR/weft-index"
( git add --all -- . "\${inside[@]/#/:(exclude,literal)}" ) || exit
for at in "\${!inside[@]}"; do
	tree=$(take "\${inside[at]}" "$at") || exit
	GIT_WORK_TREE="$top" GIT_INDEX_FILE="$TMPDIR/weft-index" git read-tree --prefix="\${inside[at]}/" "$tree" || exit
done
export GIT_WORK_TREE="$top" GIT_INDEX_FILE="$TMPDIR/weft-index"
tree=$(git write-tree) || exit
`;

const COMPARE = `${TAKE}
compare() { git diff --no-ext-diff --no-textconv --no-color --no-renames "$@" "$base" "$tree"; }
base=$1
# What an agent may have written over in the store of objects is not taken for what was there.
git fsck --no-dangling --no-reflogs --no-progress "$base" >/dev/null || exit
compare --name-status -z && printf '${SEPARATOR}' && compare --numstat -z || exit
compare --binary --full-index >"$WEFT_ARTIFACTS/changes.diff" || exit
[ -s "$WEFT_ARTIFACTS/changes.diff" ] || rm -- "$WEFT_ARTIFACTS/changes.diff"
`;

/** The files as they are now, as the id of a tree. */
export async function takeSnapshot(work: Work): Promise<string> {
	const { stdout } = await runGit(work, `${TAKE}\nprintf %s "$tree"`);
	return stdout.trim();
}

export interface Changes {
	files: ChangedFile[];
	fileCount: number;
	added: number;
	removed: number;
	diff: ArtifactRef | null;
	patch: string | null;
}

/** All that is different from a snapshot, in whatever way it came: by edits, by commands, in commits or not. */
export async function changesSince(work: Work, baseline: string): Promise<Changes> {
	let diff: ArtifactRef | null = null;
	let patch: string | null = "";
	const { stdout } = await runGit(work, COMPARE, {
		args: [baseline],
		async collect({ files: [left] }) {
			if (left === undefined) return;
			patch = left.size <= MAX_PATCH_BYTES ? await readText(left) : null;
			diff = await keep(work, left);
		},
	});
	const [states = "", counts = ""] = stdout.split(SEPARATOR);
	const files = readFiles(states, counts);
	const sum = (of: "added" | "removed") => files.reduce((total, file) => total + (file[of] ?? 0), 0);
	return {
		...{ files: firstOf(files), fileCount: files.length },
		...{ added: sum("added"), removed: sum("removed"), diff, patch },
	};
}

async function runGit(
	work: Work,
	script: string,
	more: Pick<Parameters<typeof runInDirectory>[1], "args" | "collect"> = {},
) {
	const { directory } = await work.context.workspace();
	const env = { ...gitEnvironment(directory), LC_ALL: "C" };
	const result = await runInDirectory({ ...work, signal: work.context.signal }, { script, env, ...more });
	if (result.exitCode === NO_GIT)
		throw new FatalError("git was not found. Install it where commands run, for example with: apt-get install git");
	if (result.exitCode !== 0) throw new FatalError(`Git could not read the files: ${result.text.trim().slice(-1_000)}`);
	return result;
}

/** What cannot be kept as a file is no reason to lose the work. */
async function keep({ context }: Work, left: LeftFile): Promise<ArtifactRef | null> {
	try {
		return await context.artifacts.add({ ...left, type: "text/x-diff" });
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		context.log("error", `${error.message}\n`);
		return null;
	}
}

async function readText(left: LeftFile): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of await left.open()) pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces).toString();
}

const STATES: Readonly<Record<string, ChangedFile["status"]>> = { A: "added", D: "deleted" };

function readFiles(states: string, counts: string): ChangedFile[] {
	const lines = new Map(
		counts
			.split("\0")
			.filter(Boolean)
			.map((line) => {
				const [added, removed, ...path] = line.split("\t");
				return [path.join("\t"), { added: toCount(added), removed: toCount(removed) }];
			}),
	);
	const words = states.split("\0").filter(Boolean);
	const files: ChangedFile[] = [];
	for (let at = 0; at + 1 < words.length; at += 2) {
		const path = words[at + 1] ?? "";
		const count = lines.get(path) ?? { added: null, removed: null };
		files.push({ path, status: STATES[words[at] ?? ""] ?? "modified", ...count });
	}
	return files;
}

/** As many as an output has room for. */
function firstOf(files: readonly ChangedFile[]): ChangedFile[] {
	let characters = 0;
	return files.slice(0, MAX_FILES).filter(({ path }) => {
		characters += path.length;
		return characters <= MAX_PATH_CHARACTERS;
	});
}

/** Git writes a dash for what has no lines. */
function toCount(word = "-"): number | null {
	return word === "-" ? null : Number(word);
}
