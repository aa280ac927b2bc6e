import { AGENT_PROGRAMS, type ProgramName } from "./agents";
import { runInDirectory } from "./run-in-directory";
import type { Job } from "./work";

/** Those of the list that are in the directory, or around it in the workspace, one a line. */
const FIND = `
while :; do
	at=$(pwd -P)
	for one; do [ ! -e "$one" ] && [ ! -L "$one" ] || { at=$at/$one; printf '%s\\n' "\${at#"$workspace/"}"; at=\${at%"/$one"}; }; done
	[ "$at" != "$workspace" ] || break
	cd -P .. || exit
done
`;

/**
 * Why a program is not started: settings that a repository, or the agent before, has put where the program obeys them and
 * cannot be told not to. They start programs, allow tools and send keys elsewhere. Undefined where there are none.
 */
export async function findOwnSettings(job: Job, name: ProgramName): Promise<string | undefined> {
	const { title, obeyed } = AGENT_PROGRAMS[name];
	if (job.config.obeysRepository || obeyed.length === 0) return undefined;
	const { stdout, exitCode, text } = await runInDirectory(job, { script: FIND, args: obeyed });
	if (exitCode !== 0) return `The settings of ${title} in the repository could not be looked for: ${text.trim()}`;
	const found = stdout.split("\n").filter(Boolean).slice(0, 5).join(", ");
	if (found === "") return undefined;
	return `${title} would obey ${found}, which could start programs, allow tools and send its key elsewhere. Remove that in a step before, or tick “Obey the repository’s settings”.`;
}
