import { checkSettings } from "../hooks/settings/check-mapping";
import { checkSecret } from "../hooks/settings/repository-settings";
import { defineRegistration } from "../trigger-registration";
import { githubDefinition } from "./definition";

export const githubRegistration = defineRegistration(githubDefinition, {
	problems: (config, form) => [...checkSecret(config), ...checkSettings(githubDefinition.config, config, form)],
});
