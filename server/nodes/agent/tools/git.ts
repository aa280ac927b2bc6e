import { z } from "zod";
import { FatalError } from "@/server/errors";
import { defineTool } from "../tool";
import { runInWorkspace } from "./run-in-workspace";

/** Nothing that a repository brings is executed, no key of the machine is used, and nothing is fetched. */
const SAFE = [
	"core.hooksPath=/dev/null",
	"core.fsmonitor=false",
	"credential.helper=",
	"protocol.allow=never",
	"core.pager=cat",
	"commit.gpgSign=false",
	"user.name=Weft",
	"user.email=weft@localhost",
].flatMap((setting) => ["-c", setting]);
const ENV = {
	GIT_CONFIG_NOSYSTEM: "1",
	GIT_CONFIG_GLOBAL: "/dev/null",
	GIT_TERMINAL_PROMPT: "0",
	GIT_OPTIONAL_LOCKS: "0",
};
const word = z
	.string()
	.max(500)
	.regex(/^[^-\s][^\s]*$/, "It begins with no dash and holds no space");

export const gitTool = defineTool({
	description:
		"Looks at the git repository in the workspace (status, diff, log, show), or commits everything that was changed.",
	input: z.strictObject({
		action: z.enum(["status", "diff", "log", "show", "commit"]),
		folder: z.string().max(1_000).default(".").describe("Where the repository is in the workspace."),
		ref: word.optional().describe("A commit, a branch or a range, for diff, log and show."),
		path: z.string().max(4_000).optional(),
		count: z.int().min(1).max(200).default(20).describe("How many commits log shows."),
		message: z.string().max(10_000).optional().describe("Of the commit."),
	}),
	origin: () => "workspace",
	isRepeatable: ({ action }) => action !== "commit",
	isDangerous: () => false,
	async run({ action, folder, ref, path, count, message }, tool) {
		if (folder.startsWith("/") || folder.split("/").includes(".."))
			throw new FatalError("The folder leads out of the workspace.");
		const git = (...args: string[]) =>
			runInWorkspace(tool, { command: ["git", ...SAFE, "-C", folder, ...args], env: ENV });
		if (action === "commit") {
			if (!message) throw new FatalError("A commit needs a message.");
			await git("add", "--all");
		}
		const look = ["--no-ext-diff", "--no-textconv", ...(ref ? [ref] : []), "--", ...(path ? [path] : [])];
		const { exitCode, text } = await {
			status: () => git("status", "--short", "--branch"),
			diff: () => git("diff", ...look),
			log: () => git("log", "--stat", "-n", String(count), ...look),
			show: () => git("show", ...look),
			commit: () => git("commit", "--no-verify", "-m", message ?? ""),
		}[action]();
		if (exitCode !== 0) throw new FatalError(text.trim() || `git failed with exit code ${exitCode}.`);
		return text.trim() || "There is nothing to show.";
	},
});
