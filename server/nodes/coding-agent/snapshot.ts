import { isUtf8 } from "node:buffer";
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

/** Neither ignore files of a home directory nor rules for the names of other systems decide what is seen. */
const SETTINGS = [
	["core.excludesFile", "/dev/null"],
	["core.attributesFile", "/dev/null"],
	["core.protectNTFS", "false"],
	["core.protectHFS", "false"],
] as const;

/**
 * An index of all files that are not ignored, in a repository and a store of objects that live as long as the command: no
 * setting, hook, filter or attribute of a repository there counts, and nothing that was written before is trusted.
 * Repositories inside are taken as folders. Ignored files are taken where the repository tracks them, and ignore files that
 * hide themselves (`hiding`) always.
 */
const TAKE = `
command -v git >/dev/null 2>&1 || exit ${NO_GIT}
export GIT_OBJECT_DIRECTORY="$TMPDIR/weft-objects" GIT_DIR="$TMPDIR/weft-snapshot" GIT_INDEX_FILE="$TMPDIR/weft-index"
kept="$HOME/.weft-snapshots"
mkdir -p -- "$kept" "$GIT_OBJECT_DIRECTORY" && git init -q --bare && mkdir -p -- "$GIT_DIR/info" || exit
echo '* !text !eol !ident !filter !working-tree-encoding !diff' >"$GIT_DIR/info/attributes"
top=$(pwd -P)
export GIT_WORK_TREE="$top"
# Into one pack, where git can: many files of their own are slow to write.
bulk=()
[ "$(printf '2.38\\n%s\\n' "$(git version | cut -d ' ' -f 3)" | sort -V | head -n 1)" != 2.38 ] || bulk=(-c core.bigFileThreshold=1)
add() { [ $# -eq 0 ] || printf '%s\\0' "$@" | git "\${bulk[@]}" update-index -z --add --remove --stdin; }
# Those of the list that are there, not by a link of a folder, whether they are ignored or not.
force() {
	local path up paths=() list=()
	mapfile -d '' -t list
	for path in "\${list[@]}"; do
		[ -f "$path" ] || [ -L "$path" ] || continue
		up=$path
		while case "$up" in */*) ;; *) false;; esac; do up=\${up%/*}; [ ! -L "$up" ] || continue 2; done
		paths+=("$path")
	done
	add "\${paths[@]}"
}
take() {
	local one files=() list=()
	( cd -- "./$1" && GIT_WORK_TREE="$PWD" GIT_INDEX_FILE="$TMPDIR/weft-none" git status --porcelain -z --untracked-files=all --ignored=matching ) >"$TMPDIR/weft-list" || return
	mapfile -d '' -t list <"$TMPDIR/weft-list"
	for one in "\${list[@]}"; do
		case "$one" in
			"?? "*/) inside+=("$1\${one:3}");;
			"?? "*) files+=("$1\${one:3}");;
			"!! .gitignore" | "!! "*/.gitignore) files+=("$1\${one:3}"); hiding+=("$1\${one:3}");;
		esac
	done
	add "\${files[@]}" || return
	tracked "$1" 2>/dev/null | force
}
tracked() (
	unset GIT_OBJECT_DIRECTORY GIT_INDEX_FILE
	[ -e "./$1.git" ] || exit 0
	export GIT_DIR="$top/$1.git" GIT_WORK_TREE="$top/$1"
	cd -- "./$1" && git ls-files -z --cached --ignored --exclude-standard | while IFS= read -r -d '' one; do printf '%s\\0' "$1$one"; done
)
# Taking a pack in names its objects by what they hold: what an agent has written over in it is not taken for what was there.
[ $# -eq 0 ] || git index-pack --stdin <"$kept/$1.pack" >/dev/null || exit
inside=("") hiding=()
for ((at = 0; at < \${#inside[@]}; at++)); do take "\${inside[at]}" || exit; done
`;

const KEEP = `${TAKE}
tree=$(git write-tree) && part=$(mktemp "$kept/part.XXXXXXXX") || exit
git pack-objects --revs -q --window=0 --stdout <<<"$tree" >"$part" && mv -f -- "$part" "$kept/$tree.pack" || exit
printf %s "$tree"
`;

/** @param $1 the tree before, whose files that are left the same need not be written again */
const COMPARE = `${TAKE}
compare() { git diff --no-ext-diff --no-textconv --no-color --no-renames "$@" "$base" "$tree"; }
base=$1
git diff-index --cached --name-only --no-renames --diff-filter=D -z "$base" >"$TMPDIR/weft-list" && force <"$TMPDIR/weft-list" || exit
tree=$(git write-tree) || exit
compare --name-status -z && printf '\\0' && compare --numstat -z && printf '\\0' || exit
[ \${#hiding[@]} -eq 0 ] || printf '%s\\0' "\${hiding[@]}"
compare --binary --full-index >"$WEFT_ARTIFACTS/changes.diff" || exit
[ -s "$WEFT_ARTIFACTS/changes.diff" ] || rm -- "$WEFT_ARTIFACTS/changes.diff"
`;

/** The files as they are now, as the id of a tree. */
export async function takeSnapshot(work: Work): Promise<string> {
	const { stdout } = await runGit(work, KEEP);
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

/** What git sees of an agent's work. */
export interface Seen {
	changes: Changes;
	/** New ignore files among them that hide themselves, and with them what else is in their folders. */
	hiding: string[];
	/** Why git sees nothing. */
	problem?: string;
}

/** `changesSince`, where what git cannot read is no reason to lose what else is known of the work. */
export async function seeChanges(work: Work, baseline: string): Promise<Seen> {
	try {
		return await changesSince(work, baseline);
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		const changes = { files: [], fileCount: 0, added: 0, removed: 0, diff: null, patch: null };
		return { changes, hiding: [], problem: error.message };
	}
}

/** All that is different from a snapshot, in whatever way it came: by edits, by commands, in commits or not. */
async function changesSince(work: Work, baseline: string): Promise<Seen> {
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
	const [states, counts, hidden] = readSections(stdout);
	const files = readFiles(states, counts);
	const hiding = files
		.filter(({ path, status }) => status === "added" && hidden.includes(path))
		.map(({ path }) => path);
	const sum = (of: "added" | "removed") => files.reduce((total, file) => total + (file[of] ?? 0), 0);
	const sums = { fileCount: files.length, added: sum("added"), removed: sum("removed") };
	return { changes: { files: firstOf(files), ...sums, diff, patch }, hiding };
}

/** Words end with a NUL and are never empty: a section ends with an empty one. */
function readSections(stdout: string): [states: string[], counts: string[], hidden: string[]] {
	const words = stdout.split("\0");
	const first = words.indexOf("");
	const second = words.indexOf("", first + 1);
	return [words.slice(0, first), words.slice(first + 1, second), words.slice(second + 1).filter(Boolean)];
}

async function runGit(
	work: Work,
	script: string,
	more: Pick<Parameters<typeof runInDirectory>[1], "args" | "collect"> = {},
) {
	const { directory } = await work.context.workspace();
	const env = { ...gitEnvironment(directory, { settings: SETTINGS }), LC_ALL: "C" };
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

/** Null for what is no UTF-8: as text it would be another patch. The file has its bytes. */
async function readText(left: LeftFile): Promise<string | null> {
	const pieces: Buffer[] = [];
	for await (const piece of await left.open()) pieces.push(Buffer.from(piece));
	const bytes = Buffer.concat(pieces);
	return isUtf8(bytes) ? bytes.toString() : null;
}

const STATES: Readonly<Record<string, ChangedFile["status"]>> = { A: "added", D: "deleted" };

function readFiles(words: readonly string[], counts: readonly string[]): ChangedFile[] {
	const lines = new Map(
		counts.map((line) => {
			const [added, removed, ...path] = line.split("\t");
			return [path.join("\t"), { added: toCount(added), removed: toCount(removed) }];
		}),
	);
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
