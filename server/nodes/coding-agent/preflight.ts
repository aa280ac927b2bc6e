import { FatalError } from "@/server/errors";
import { AGENT_PROGRAMS, type ProgramName } from "./agents";
import { toTexts } from "./env-texts";
import { runInDirectory } from "./run-in-directory";
import type { Job } from "./work";

const NOT_THERE = 127;
const SECONDS = 60;

/** Says what a program lacks before anything is paid for: the program itself, or that it is signed in. */
export async function preflight(job: Job, name: ProgramName): Promise<void> {
	const { title, program, install, keys, signedIn } = AGENT_PROGRAMS[name];
	const env = toTexts(job.config.env);
	const { exitCode, text, stdout } = await runInDirectory(job, {
		script: `command -v "$1" >/dev/null 2>&1 || exit ${NOT_THERE}\n"$1" --version && { [ ! -s "$HOME/$2" ] || echo signed-in; }`,
		args: [program, signedIn],
		env,
		seconds: SECONDS,
		network: job.config.network === "on",
	});
	if (exitCode === NOT_THERE)
		throw new FatalError(`${title} is not installed where commands run. Install it there: ${install}`);
	if (exitCode !== 0)
		throw new FatalError(
			`${title} does not start: ${text.trim().slice(-1_000)} Install its newest version where commands run: ${install}`,
		);
	const isSignedIn = stdout.includes("signed-in") || keys.some((key) => !!env[key]);
	if (!isSignedIn)
		throw new FatalError(
			`${title} is not signed in. Add ${keys.slice(0, 2).join(" or ")} to the environment of the step, from a credential.`,
		);
	const version = stdout.split("\n")[0]?.trim() ?? "";
	job.recorder.add({ kind: "notice", level: "info", text: `${title} ${version}`.slice(0, 200) });
}
