import { decideByForm } from "../hooks/decide/decide-by-form";
import { defineHookKind } from "../hooks/hook-kind";
import { payloadOf } from "../hooks/settings/hook-event";
import { webhookDefinition } from "./definition";
import { dedupeKeysOf } from "./settings/dedupe-keys";
import { sampleOf } from "./settings/samples";
import { secretsOf } from "./settings/webhook-config";
import { challengeOf } from "./slack-challenge";

export const webhookHook = defineHookKind({
	definition: webhookDefinition,
	reception(config) {
		const { methods, maxMegabytes, perMinute, origins, answer, dedupeHours } = config;
		const { preset, header, algorithm, encoding, prefix, timestampHeader } = config;
		const signature = { preset, header, algorithm, encoding, prefix, timestampHeader };
		return { methods, maxMegabytes, perMinute, origins, answer, dedupeHours, signature, secrets: secretsOf(config) };
	},
	decide: (config, form, event) =>
		decideByForm(config, form, { payload: payloadOf(config.id, event), keys: () => dedupeKeysOf(config, event) }),
	sample: ({ preset }) => sampleOf(preset),
	challenge: ({ preset }, body) => (preset === "slack" ? challengeOf(body) : undefined),
});
