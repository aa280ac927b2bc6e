/** How a program ended that failed, and where in its source, as far as that is known. */
export interface FailedExit {
	exitCode: number;
	stdout: string;
	stderr: string;
	/** The line of the source that failed, and the exit code of each part of its pipe. */
	failure?: { line: number; text: string; codes: readonly number[] };
}

const MAX_LINES = 5;
const MAX_LENGTH = 1_000;
const TRACEBACK = "Traceback (most recent call last):";

/** One message for a person: the exit code, explained if the number alone is unclear, and the program's last message. */
export function explainExit(exit: FailedExit): string {
	const { exitCode, stdout, stderr, failure } = exit;
	const message = lastMessage(stderr);
	const inWords = WORDS[exitCode];
	const isShellMessage = message !== "" && (exitCode === 126 || exitCode === 127);
	const head = inWords === undefined || isShellMessage ? `exit ${exitCode}` : `exit ${exitCode} (${inWords})`;
	const rest = message || explainSilence(exit) || lastMessage(stdout) || (failure && explainLine(failure)) || "";
	return rest === "" ? head : `${head}: ${rest}`;
}

const WORDS: Partial<Record<number, string>> = {
	126: "the program was found but could not be started",
	127: "a command was not found",
	130: "interrupted, SIGINT",
	132: "an instruction that this processor does not know, SIGILL",
	134: "the program gave up by itself, SIGABRT",
	135: "a memory fault, SIGBUS",
	136: "a fault in arithmetic, SIGFPE",
	137: "killed, SIGKILL; most often because memory ran out",
	139: "a memory fault, SIGSEGV",
	141: "SIGPIPE: a later command of the pipe ended before an earlier one had written everything, and pipefail counts that as a failure",
	143: "asked to end, SIGTERM",
	152: "its processor time was used up, SIGXCPU",
	153: "a file became larger than allowed, SIGXFSZ",
};

/** For a command that printed nothing on standard error. */
function explainSilence({ exitCode, failure }: FailedExit): string {
	if (failure === undefined) return "";
	const finder = /(?:^|[|;&(!\s])((?:[efz]|zf|rip)?grep|rg|diff|cmp)\b/.exec(failure.text)?.[1];
	if (exitCode === 1 && finder !== undefined) {
		const reason = /^(?:diff|cmp)$/.test(finder) ? "where there is a difference" : "when it finds nothing";
		return `${explainLine(failure)}. ${finder} ends with 1 ${reason}; add “|| true” where that is fine.`;
	}
	return failure.codes.length > 1 ? `${explainLine(failure)}.` : "";
}

function explainLine({ line, text, codes }: NonNullable<FailedExit["failure"]>): string {
	const pipe = codes.length > 1 ? ` (the parts of the pipe ended with ${codes.join(", ")})` : "";
	return `line ${line} failed without a message: ${text}${pipe}`;
}

/**
 * What a program said last: a Python error with all its lines; of a stack of JavaScript what stands above it; else the
 * last line, with the one that it continues.
 */
function lastMessage(text: string): string {
	const lines = dropFrames(text.trimEnd().split(/\r?\n/));
	const last = afterTraceback(lines) ?? lines.slice(beginOfLast(lines));
	const words = last.map((line) => line.trimEnd()).join("\n");
	return words.trim().slice(0, MAX_LENGTH);
}

function dropFrames(lines: readonly string[]): readonly string[] {
	const end = lines.findLastIndex((line) => line.trim() !== "" && !/^\s+at \S|^Node\.js v\d/.test(line));
	return lines.slice(0, end + 1);
}

/** The lines from the first that is not indented: the frames of a traceback are. */
function afterTraceback(lines: readonly string[]): readonly string[] | undefined {
	const traceback = lines.findLastIndex((line) => line.startsWith(TRACEBACK));
	if (traceback < 0) return undefined;
	const begin = lines.findIndex((line, index) => index > traceback && /^\S/.test(line));
	return begin >= 0 && lines.length - begin <= MAX_LINES ? lines.slice(begin) : undefined;
}

function beginOfLast(lines: readonly string[]): number {
	let begin = lines.length - 1;
	while (begin > 0 && lines.length - begin < MAX_LINES && /^\s/.test(lines[begin] ?? "")) begin--;
	return /^\s/.test(lines[begin] ?? "") ? lines.length - 1 : begin;
}
