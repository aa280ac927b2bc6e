import { SEARCHED_BYTES } from "../../artifacts/artifact-ref";
import { FatalError, RetryableError } from "../../errors";
import { REDACTED } from "../../plan/values/redacted";
import type { CodingResult } from "../../runs/coding-result";
import { ENTER_FOLDER, FOLDER_EXITS } from "../enter-folder";
import type { ExecuteContext } from "../execute-context";
import { gitEnvironment, NO_FILTERS } from "../git-settings";
import { readPatch } from "./read-patch";

const EXITS = { noGit: 90, inside: 91, unfit: 94 };

/** All of it or nothing; a second time it finds that everything is there. */
const MERGE = `command -v git >/dev/null 2>&1 || exit ${EXITS.noGit}
${ENTER_FOLDER}${NO_FILTERS}
[ -z "$(git rev-parse --show-prefix 2>/dev/null)" ] || exit ${EXITS.inside}
patch="$WEFT_COMMAND_FILES/changes.patch"
git apply --reverse --check "$patch" 2>/dev/null && exit 0
git apply --check "$patch" || exit ${EXITS.unfit}
exec git apply --whitespace=nowarn "$patch"
`;

const HOLDS_SECRETS = `Its changes write “${REDACTED}”, which stands for a secret of the run: its file was stored without it. Let the agents read secrets from the environment, and run them again.`;

interface Merged {
	/** Of the one that is taken. */
	name: string;
	result: CodingResult;
	directory: string;
}

/** Merges the changes into the repository's files. Returns why they do not fit, if they do not: then nothing was changed. */
export async function mergeChanges(
	context: ExecuteContext,
	{ name, result, directory }: Merged,
): Promise<string | undefined> {
	const patch = await readPatch(context, result);
	if (result.patch === null && writesHidden(patch)) throw new FatalError(HOLDS_SECRETS);
	const workspace = await context.workspace();
	const folder = directory.trim() || ".";
	let text = "";
	const { exitCode } = await workspace.exec(["sh", "-c", MERGE, "sh", folder], {
		env: gitEnvironment(workspace.directory),
		files: { "changes.patch": patch },
		signal: context.signal,
		onOutput: (_, piece) => {
			text = `${text}${piece}`.slice(-8_000);
		},
	});
	context.signal.throwIfAborted();
	if (exitCode === 0) return undefined;
	if (exitCode === EXITS.unfit)
		return `The changes of “${name}” do not fit on what is in “${folder}” by now: ${conflictsIn(text)}. Nothing was changed, and its changes are kept as a file.`;
	if (exitCode === null) throw new RetryableError("It was stopped because its run's workspace was removed.");
	throw explain(exitCode, { folder, text });
}

/** Whether lines that are added hold what secrets are hidden by; longer files are stored as they are. */
function writesHidden(patch: Buffer): boolean {
	if (patch.length > SEARCHED_BYTES || !patch.includes(REDACTED)) return false;
	return patch
		.toString()
		.split("\n")
		.some((line) => line.startsWith("+") && line.includes(REDACTED));
}

/** The files that git names, each once. */
function conflictsIn(text: string): string {
	const named = [...text.matchAll(/^error: (?:patch failed: )?(.+?):/gm)].map(([, path]) => path);
	const files = [...new Set(named)].slice(0, 10);
	return files.length === 0 ? "another text is there" : files.join(", ");
}

function explain(exitCode: number, { folder, text }: { folder: string; text: string }): FatalError {
	switch (exitCode) {
		case EXITS.noGit:
			return new FatalError("git was not found. Install it where commands run, for example with: apt-get install git");
		case EXITS.inside:
			return new FatalError(`“${folder}” is inside a repository. Name the folder of the repository itself.`);
		case FOLDER_EXITS.noFolder:
			return new FatalError(
				`There is no folder “${folder}” in the workspace. Name the one that the agents began with.`,
			);
		case FOLDER_EXITS.leadsOut:
			return new FatalError(`“${folder}” leads out of the workspace. Choose a folder inside it.`);
		default:
			return new FatalError(`git could not merge the changes: ${text.trim() || `exit code ${exitCode}`}`);
	}
}
