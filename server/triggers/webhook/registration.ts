import { checkSettings } from "../hooks/settings/check-mapping";
import { defineRegistration } from "../trigger-registration";
import { webhookDefinition } from "./definition";
import { PRESET_NAMES } from "./settings/describe-webhook";
import { GENERIC_PRESETS, type WebhookConfig } from "./settings/webhook-config";

interface Problem {
	field: string;
	message: string;
}

export const webhookRegistration = defineRegistration(webhookDefinition, {
	problems: (config, form) => [...checkSender(config), ...checkSettings(webhookDefinition.config, config, form)],
});

function checkSender({ preset, secret, formerSecret, answer }: WebhookConfig): Problem[] {
	const problems: Problem[] = [];
	if (preset !== "none" && secret === undefined)
		problems.push({
			field: "secret",
			message: "Choose the credential that holds the secret; until then every request is refused.",
		});
	if (preset === "none" && (secret ?? formerSecret) !== undefined)
		problems.push({
			field: "preset",
			message: "Choose how requests prove that they know the secret, or take it away.",
		});
	if (answer === "output" && !GENERIC_PRESETS.has(preset))
		problems.push({ field: "answer", message: `${PRESET_NAMES[preset]} wants its answer at once.` });
	return problems;
}
