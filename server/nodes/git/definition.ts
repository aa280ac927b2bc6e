import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";
import { gitConfigSchema } from "./config";
import { GIT_OUTPUTS, isGitAction } from "./outputs";

export const gitDefinition = defineNode({
	type: "git",
	title: "Git",
	description: "Clones a repository, commits and pushes changes, and opens pull or merge requests.",
	icon: "git-branch",
	keywords: [
		"git",
		"clone",
		"checkout",
		"branch",
		"commit",
		"push",
		"diff",
		"pull request",
		"merge request",
		"github",
		"gitlab",
		"repository",
	],
	category: "code",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: gitConfigSchema,
	output: z.union(Object.values(GIT_OUTPUTS)),
	outputOf: ({ action = "clone" }) => GIT_OUTPUTS[isGitAction(action) ? action : "clone"],
	needs: { kind: "program", name: "git", help: "Installed where commands run, for its Git steps" },
	command: ({ action = "clone" }) => `$ git ${isGitAction(action) ? COMMANDS[action] : "…"}`,
	summary({ action, url, branch, message, base, folder }) {
		const what = isGitAction(action) ? action : "clone";
		const where = summarizeText(url, "no repository yet").replace(/^https?:\/\/|\.git$/g, "");
		if (what === "clone") return `clone ${where}`;
		if (what === "ensure branch") return `branch ${summarizeText(branch, "no name yet")}`;
		if (what === "commit") return summarizeText(message, "no message yet");
		if (what === "diff") return `diff to ${summarizeText(base, "the last commit")}`;
		if (what === "push" || what === "pull request") return `${what} ${summarizeText(branch, "the current branch")}`;
		return `${what} in ${summarizeText(folder, "repo")}`;
	},
});

const COMMANDS = {
	clone: "clone",
	"ensure branch": "checkout",
	commit: "commit",
	push: "push",
	"current branch": "branch --show-current",
	"current commit": "log -1",
	status: "status",
	diff: "diff",
	"pull request": "request-pull",
} satisfies Record<keyof typeof GIT_OUTPUTS, string>;
