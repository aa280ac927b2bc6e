import type { Execute, ExecuteContext } from "../execute-context";
import { commit, diff, status } from "./changes";
import { clone } from "./clone";
import type { GitConfig } from "./config";
import type { gitDefinition } from "./definition";
import { currentBranch, currentCommit, ensureBranch } from "./local";
import type { GitOutput } from "./outputs";
import { openPullRequest } from "./pull-request";
import { push } from "./push";

/** Works with a clone in the run's workspace, by the git of its runner. */
export const executeGit: Execute<typeof gitDefinition> = async (config, context) => ({
	output: await actions[config.action](context, config),
});

const actions: {
	[Action in GitConfig["action"]]: (context: ExecuteContext, config: GitConfig) => Promise<GitOutput<Action>>;
} = {
	clone,
	"ensure branch": ensureBranch,
	commit,
	push,
	"current branch": currentBranch,
	"current commit": currentCommit,
	status,
	diff,
	"pull request": openPullRequest,
};
