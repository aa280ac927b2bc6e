import { describeRepository, REPOSITORY_READS, signersOf } from "../hooks/settings/repository-settings";
import { defineTrigger, placeOf } from "../trigger-definition";
import { type GithubConfig, githubConfigSchema } from "./settings/github-config";

const describe = (config: GithubConfig) => describeRepository(config.events, config);

export const githubDefinition = defineTrigger({
	type: "github",
	config: githubConfigSchema,
	startsItself: true,
	title: "GitHub",
	cause: "By GitHub",
	icon: "git-pull-request",
	add: { label: "Run on GitHub", trigger: githubConfigSchema.parse({ type: "github", id: "github" }) },
	reads: REPOSITORY_READS,
	address: placeOf,
	detail: describe,
	summary: describe,
	starts: ({ events }) => `on GitHub’s ${events.length > 2 ? "events" : events.join(" and ")}`,
	secrets: (config) => [...signersOf(config), ...(config.redeliver ? [config.redeliver.credential] : [])],
	outline: ({ type, id, events }) => githubConfigSchema.parse({ type, id, events }),
});
