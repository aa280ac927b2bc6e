import { decideByForm } from "../hooks/decide/decide-by-form";
import { defineHookKind } from "../hooks/hook-kind";
import { payloadOf } from "../hooks/settings/hook-event";
import { signatureSettingsSchema } from "../hooks/settings/signature-settings";
import { signalDefinition } from "./definition";

export const signalHook = defineHookKind({
	definition: signalDefinition,
	reception: () => ({
		methods: ["PUT"],
		maxMegabytes: 1,
		perMinute: 600,
		origins: [],
		signature: signatureSettingsSchema.parse({}),
		secrets: [],
		answer: "at-once",
		dedupeHours: 1,
	}),
	decide: (config, form, event) => decideByForm(config, form, { payload: payloadOf(config.id, event), keys: () => [] }),
	sample: ({ path }) => ({ method: "PUT", headers: {}, query: {}, body: { path }, bodyHash: "" }),
});
