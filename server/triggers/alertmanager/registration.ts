import { checkSettings } from "../hooks/settings/check-mapping";
import { defineRegistration } from "../trigger-registration";
import { alertmanagerDefinition } from "./definition";
import type { AlertmanagerConfig } from "./settings/alertmanager-config";
import { patternProblem } from "./settings/match-alert";
import { parseMatchers } from "./settings/matchers";

interface Problem {
	field: string;
	message: string;
}

export const alertmanagerRegistration = defineRegistration(alertmanagerDefinition, {
	problems: (config, form) => [
		...checkMatchers(config),
		...checkSecrets(config),
		...checkSettings(alertmanagerDefinition.config, config, form),
	],
});

function checkMatchers({ matchers }: AlertmanagerConfig): Problem[] {
	return matchers.flatMap((text, index) => {
		const { matchers: parsed, problem } = parseMatchers(text);
		const message = problem ?? parsed.flatMap((matcher) => patternProblem(matcher) ?? [])[0];
		return message === undefined ? [] : [{ field: `matchers.${index}`, message }];
	});
}

function checkSecrets({ authentication, secret, formerSecret, api, apiSecret }: AlertmanagerConfig): Problem[] {
	const problems: Problem[] = [];
	if (authentication !== "none" && secret === undefined)
		problems.push({
			field: "secret",
			message: "Choose the credential that Alertmanager sends; until then every notification is refused.",
		});
	if (authentication === "none" && (secret ?? formerSecret) !== undefined)
		problems.push({
			field: "authentication",
			message: "Choose how Alertmanager sends the credential, or take it away.",
		});
	if (api === undefined && apiSecret !== undefined)
		problems.push({ field: "api", message: "Enter the address that the credential is for, or take it away." });
	return problems;
}
