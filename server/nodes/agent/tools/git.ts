import { z } from "zod";
import { FatalError } from "@/server/errors";
import { gitEnvironment, NO_FILTERS, OWN_FILES } from "../../git-settings";
import { defineTool, type ToolContext } from "../tool";
import { INSIDE, lackingProgram, runInWorkspace } from "./run-in-workspace";

/** Goes into the folder, and makes no use of what a repository brings there. */
const ENTER = `${INSIDE}
cd -- "$file" 2>/dev/null || { echo "There is no such folder." >&2; exit 66; }
shift
${OWN_FILES}${NO_FILTERS}
`;
const AUTHOR = Object.fromEntries(
	["AUTHOR", "COMMITTER"].flatMap((who) => [
		[`GIT_${who}_NAME`, "Weft"],
		[`GIT_${who}_EMAIL`, "weft@localhost"],
	]),
);

async function runScript(tool: ToolContext, folder: string, { script, args }: { script: string; args: string[] }) {
	const { directory } = await tool.context.workspace();
	return await runInWorkspace(tool, {
		command: ["bash", "--noprofile", "--norc", "-c", `${ENTER}${script}`, "git", folder, ...args],
		env: { ...gitEnvironment(directory), ...AUTHOR, GIT_OPTIONAL_LOCKS: "0" },
		network: tool.config.network === "on",
	});
}

const word = z
	.string()
	.max(500)
	.regex(/^[^-\s][^\s]*$/, "It begins with no dash and holds no space");

const input = z.strictObject({
	action: z.enum(["status", "diff", "log", "show", "commit"]),
	folder: z.string().max(1_000).default(".").describe("Where the repository is in the workspace."),
	ref: word.optional().describe("A commit, a branch or a range, for diff, log and show."),
	path: z.string().max(4_000).optional(),
	count: z.int().min(1).max(200).default(20).describe("How many commits log shows."),
	message: z.string().max(10_000).optional().describe("Of the commit."),
});
const COMMIT = 'git add --all && exec git commit --no-verify -m "$1"';

export const gitTool = defineTool({
	description:
		"Looks at the git repository in the workspace (status, diff, log, show), or commits everything that was changed.",
	input,
	origin: () => "workspace",
	isRepeatable: ({ action }) => action !== "commit",
	isDangerous: ({ action }) => action === "commit",
	leave: ({ folder }) => `commits in ${folder}`,
	lacks: (tool) => lackingProgram(tool, "git"),
	async run(input, tool) {
		const { exitCode, text } = await runScript(tool, input.folder, commandOf(input));
		if (exitCode !== 0) throw new FatalError(text.trim() || `git failed with exit code ${exitCode}.`);
		return text.trim() || "There is nothing to show.";
	},
});

function commandOf({ action, ref, path, count, message }: z.infer<typeof input>): { script: string; args: string[] } {
	// What stands in a repository inside of this one is its own.
	const own = "--ignore-submodules=all";
	const look = ["--no-ext-diff", "--no-textconv", own, ...(ref ? [ref] : []), "--", ...(path ? [path] : [])];
	const git = (...args: string[]) => ({ script: 'exec git "$@"', args });
	switch (action) {
		case "status":
			return git("status", "--short", "--branch", own);
		case "diff":
			return git("diff", ...look);
		case "log":
			return git("log", "--no-show-signature", "--stat", "-n", String(count), ...look);
		case "show":
			return git("show", "--no-show-signature", ...look);
		case "commit":
			if (!message) throw new FatalError("A commit needs a message.");
			return { script: COMMIT, args: [message] };
	}
}
