import { FatalError, RetryableError } from "../../errors";
import { ENTER_FOLDER, FOLDER_EXITS } from "../enter-folder";
import { gitEnvironment } from "../git-settings";
import type { Work } from "./work";

const EXITS = { noGit: 90, noRepository: 91 };

/** Half a clone, of an attempt that was cut off, is none. */
const CLONE = `command -v git >/dev/null 2>&1 || exit ${EXITS.noGit}
target=$(realpath -m -- "./$2") || exit
case "$target" in "$(pwd -P)"/?*) ;; *) exit ${FOLDER_EXITS.leadsOut};; esac
[ ! -e "$target" ] || exit 0
${ENTER_FOLDER}[ -e .git ] || exit ${EXITS.noRepository}
rm -rf -- "$target.part"
git clone --quiet --local --no-tags -- . "$target.part" && exec mv -- "$target.part" "$target"
`;

/** Makes the clone in which the agent works, where it is to have one of its own and has none yet. */
export async function makeOwnClone({ config, context }: Work): Promise<void> {
	const { cloneOf, directory = "" } = config;
	if (!cloneOf) return;
	const workspace = await context.workspace();
	let text = "";
	const { exitCode } = await workspace.exec(["sh", "-c", CLONE, "sh", cloneOf, directory], {
		env: gitEnvironment(workspace.directory, { protocols: "file", settings: [["protocol.file.allow", "always"]] }),
		signal: context.signal,
		onOutput: (_, piece) => {
			text = `${text}${piece}`.slice(-4_000);
		},
	});
	context.signal.throwIfAborted();
	if (exitCode === null) throw new RetryableError("It was stopped because its run's workspace was removed.");
	if (exitCode !== 0) throw new FatalError(explain(exitCode, { cloneOf, text }));
}

function explain(exitCode: number, { cloneOf, text }: { cloneOf: string; text: string }): string {
	switch (exitCode) {
		case EXITS.noGit:
			return "git was not found. Install it where commands run, for example with: apt-get install git";
		case EXITS.noRepository:
			return `“${cloneOf}” is no repository. Clone one into it first, or make one with git init.`;
		case FOLDER_EXITS.noFolder:
			return `There is no folder “${cloneOf}” in the workspace. Clone a repository into it first.`;
		case FOLDER_EXITS.leadsOut:
			return "The clone, or what is cloned, would lie outside of the workspace. Name folders inside it.";
		default:
			return `git could not clone “${cloneOf}”: ${text.trim() || `exit code ${exitCode}`}`;
	}
}
