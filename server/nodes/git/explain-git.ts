import { FatalError, RetryableError } from "../../errors";
import { explainExit } from "../explain-exit";

/** What git said, the kind of failure it is, and the next step. The first that fits holds. */
const KNOWN: readonly [said: RegExp, kind: "fatal" | "again", message: string][] = [
	[
		/signal 25\b|SIGXFSZ|File size limit|File too large/,
		"fatal",
		"The repository is larger than the step's size limit. Raise the limit, or fetch fewer commits.",
	],
	[
		/Authentication failed|could not read (?:Username|Password)|error: 401|HTTP 401/i,
		"fatal",
		"The server wants to know who asks, or refused the credential. Choose a token that may read and write this repository, and check that it has not expired.",
	],
	[
		/error: 403|HTTP 403|Permission to .* denied|not allowed to (?:push|upload)|protected branch/i,
		"fatal",
		"The server does not allow this. Give the credential the right to write there, or push another branch.",
	],
	[
		/Permission denied \(|Load key .*(?:invalid|error|incorrect)|incorrect passphrase/i,
		"fatal",
		"The server refused the SSH key. Add its public half there, and check the key and its passphrase.",
	],
	[
		/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED|No .{0,40}host key is known/i,
		"fatal",
		"The server's SSH key is not known. Enter its lines under Known hosts, as ssh-keyscan prints them.",
	],
	[
		/error: 30[12378]\b|unable to update url base from redirection/,
		"fatal",
		"The repository's address leads on to another one. Enter that one; on many servers it ends with .git.",
	],
	[
		/[Rr]epository .*not found|does not appear to be a git repository|error: 404|Repository not found|not be found/,
		"fatal",
		"There is no such repository, or the credential may not see it. Check the address.",
	],
	[
		/\((?:fetch first|non-fast-forward|stale info|needs force)\)/,
		"fatal",
		"The branch has commits there that this clone does not have. Ensure the branch from the repository first, push another branch, or replace it.",
	],
	[
		/\[remote rejected\]|pre-receive hook declined/,
		"fatal",
		"The server refused the push. Change what its rules for this branch ask for, or push another branch.",
	],
	[/not a git repository/, "fatal", "The folder is no clone of a repository. Clone into it first."],
	[
		/pathspec '.*' did not match/,
		"fatal",
		"One of the paths is not in the clone. Check “Only these paths”, or write the file before this step.",
	],
	[
		/would be overwritten by (?:checkout|merge)/,
		"fatal",
		"The clone holds changes that this would overwrite. Commit them first.",
	],
	[
		/\.lock': File exists/,
		"again",
		"Another git command works in the clone, or one was cut off there. If none does, delete the file that ends with .lock.",
	],
	[
		/Could(?:n't| not) resolve|Connection (?:refused|reset|timed out|closed)|Failed to connect|early EOF|unexpected disconnect|RPC failed|error: 5\d\d|Operation too slow|hung up unexpectedly|Empty reply/i,
		"again",
		"The server could not be reached, or broke off.",
	],
];

/** One message for a person: what to do, and git's own last words. */
export function explainGit(exit: { exitCode: number; stdout: string; stderr: string }): FatalError | RetryableError {
	const said = `${exit.stderr}\n${exit.stdout.slice(-4_000)}`;
	const own = explainExit(exit);
	const known = KNOWN.find(([pattern]) => pattern.test(said));
	if (known === undefined) return new RetryableError(`git: ${own}`);
	const [, kind, message] = known;
	const detail = remoteWords(said) ?? own;
	return kind === "fatal" ? new FatalError(`${message} (${detail})`) : new RetryableError(`${message} (${detail})`);
}

/** What the server itself says. */
function remoteWords(said: string): string | undefined {
	const lines = said.split("\n").flatMap((line) => /^remote: ?(.*\S)/.exec(line)?.[1] ?? []);
	const words = lines.filter((line) => !/^(?:Enumerating|Counting|Compressing|Total|Resolving)/.test(line));
	return words.length === 0 ? undefined : words.join(" ").slice(0, 500);
}
