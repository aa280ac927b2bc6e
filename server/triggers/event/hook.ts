import { evaluateCel } from "../../plan/expressions/evaluate-cel";
import { toText } from "../../plan/values/value-text";
import { decideByForm } from "../hooks/decide/decide-by-form";
import { defineHookKind } from "../hooks/hook-kind";
import { signalEvent, signalPayload } from "../signals/signal-event";
import { signalReception } from "../signals/signal-reception";
import { eventDefinition } from "./definition";

export const eventHook = defineHookKind({
	definition: eventDefinition,
	reception: ({ dedupeHours }) => signalReception(dedupeHours),
	decide(config, form, event) {
		const payload = signalPayload(config.id, event);
		const { dedupeKey } = config;
		const keys = () => {
			const key = dedupeKey === undefined ? null : evaluateCel(dedupeKey, { trigger: { type: "event", ...payload } });
			return key === null || key === "" ? [] : [`key ${toText(key)}`];
		};
		return decideByForm(config, form, { payload, keys });
	},
	sample: ({ name }) => signalEvent({ event: "sample", name, data: {}, at: new Date().toISOString(), source: null }),
});
