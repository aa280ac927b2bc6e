import { describeRepository, REPOSITORY_READS, signersOf } from "../hooks/settings/repository-settings";
import { defineTrigger, placeOf } from "../trigger-definition";
import { type GitlabConfig, gitlabConfigSchema } from "./settings/gitlab-config";

const describe = (config: GitlabConfig) => describeRepository(config.events, config);

export const gitlabDefinition = defineTrigger({
	type: "gitlab",
	config: gitlabConfigSchema,
	startsItself: true,
	title: "GitLab",
	cause: "By GitLab",
	icon: "git-merge",
	add: { label: "Run on GitLab", trigger: gitlabConfigSchema.parse({ type: "gitlab", id: "gitlab" }) },
	reads: REPOSITORY_READS,
	address: placeOf,
	detail: describe,
	summary: describe,
	starts: ({ events }) => `on GitLab’s ${events.join(" and ")}`,
	secrets: signersOf,
	outline: ({ type, id, events }) => gitlabConfigSchema.parse({ type, id, events }),
});
