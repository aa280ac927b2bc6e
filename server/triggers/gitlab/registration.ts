import { checkSettings } from "../hooks/settings/check-mapping";
import { checkSecret } from "../hooks/settings/repository-settings";
import { defineRegistration } from "../trigger-registration";
import { gitlabDefinition } from "./definition";

export const gitlabRegistration = defineRegistration(gitlabDefinition, {
	problems: (config, form) => [...checkSecret(config), ...checkSettings(gitlabDefinition.config, config, form)],
});
