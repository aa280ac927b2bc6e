import { FatalError } from "../errors";
import { PROGRAM_PATH } from "./find-program";
import type { Command, Isolation } from "./runner";

/** Linux hands a program at most 128 KB in one text, and 2 MB in all; macOS 1 MB. */
const MAX_TEXT_BYTES = 131_071;
const MAX_LAUNCH_BYTES = process.platform === "linux" ? 2_000_000 : 1_000_000;
const POINTER_BYTES = 8;

export class ProgramNotFoundError extends Error {
	override readonly name = "ProgramNotFoundError";
	readonly code = "ENOENT";
	constructor(program: string) {
		super(`${program} is not installed where commands look for programs (${PROGRAM_PATH}).`);
	}
}

class LaunchTooLongError extends Error {
	override readonly name = "LaunchTooLongError";
	readonly code = "E2BIG";
	constructor() {
		super("The command and its environment are too long together.");
	}
}

/** Refuses what the system would: the shell that starts the command could say it in words only. */
export function checkLaunchSize(command: Command, env: Readonly<Record<string, string>>): void {
	const texts = [...command, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
	const sizes = texts.map((text) => Buffer.byteLength(text) + 1);
	const total = sizes.reduce((sum, size) => sum + size + POINTER_BYTES, 0);
	if (total > MAX_LAUNCH_BYTES || sizes.some((size) => size > MAX_TEXT_BYTES)) throw new LaunchTooLongError();
}

/** Why a command does not start that needs the sandbox, and what to do. */
export function refuseWithoutSandbox(
	state: Exclude<Isolation["state"], "on">,
	reason: keyof typeof REASONS,
): FatalError {
	return new FatalError(`${STATES[state]} ${REASONS[reason]}`);
}

const REASONS = {
	required: "This server runs commands in a sandbox only (WEFT_SANDBOX=require).",
	"network off":
		"Without it a step cannot be cut off from the network. Turn the step's network on, or set the sandbox up.",
	"everything allowed":
		"Without it an agent that may do everything reaches all that the worker reaches. Choose another mode in the step, or set the sandbox up.",
};

const STATES = {
	off: "The sandbox is turned off (WEFT_SANDBOX=off).",
	missing: "There is no sandbox: install bubblewrap on the worker's machine (apt-get install bubblewrap).",
	forbidden: "There is no sandbox: bubblewrap may not make namespaces on the worker's machine.",
} satisfies Record<Exclude<Isolation["state"], "on">, string>;
