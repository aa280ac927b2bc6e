import { FatalError } from "@/server/errors";
import { runInDirectory } from "./run-in-directory";
import type { Work } from "./work";

const MAX_BYTES = 200_000;
const MISSING = 94;
const OUTSIDE = 95;

/** Prints a file, or the Markdown files of a folder; what leads out of the workspace is refused. */
const READ = `
file=$(cd -- "$workspace" && realpath -- "$1" 2>/dev/null) || exit ${MISSING}
case "$file" in "$workspace"/*) ;; *) exit ${OUTSIDE};; esac
[ -r "$file" ] || exit ${MISSING}
if [ -d "$file" ]; then
	find "$file" -name .git -prune -o -type f -name '*.md' -print | LC_ALL=C sort | while IFS= read -r one; do cat -- "$one"; echo; done
else
	cat -- "$file"
fi | head -c ${MAX_BYTES + 1}
`;

/** Who the agent is and how it works: its role, and the texts of its skills. */
export async function instructionsOf(work: Work): Promise<string> {
	const { role, skills, success, jsonSchema } = work.config;
	const parts = role === undefined ? [] : [role];
	for (const skill of skills) parts.push(skill.includes("\n") ? skill : await readSkill(work, skill));
	if (success.includes("schema"))
		parts.push(`End with JSON alone, that fits this JSON schema:\n${JSON.stringify(jsonSchema)}`);
	return parts.join("\n\n");
}

async function readSkill(work: Work, path: string): Promise<string> {
	const { exitCode, stdout } = await runInDirectory(
		{ ...work, signal: work.context.signal },
		{ script: READ, args: [path] },
	);
	if (exitCode === MISSING)
		throw new FatalError(`The skill “${path}” is not in the workspace. Clone or make it in a step before.`);
	if (exitCode === OUTSIDE)
		throw new FatalError(`The skill “${path}” leads out of the workspace. Choose a file or folder inside it.`);
	if (Buffer.byteLength(stdout) > MAX_BYTES)
		throw new FatalError(`The skill “${path}” is longer than 200 kB. Choose fewer of its files.`);
	return stdout;
}
