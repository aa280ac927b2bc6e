import { decideByForm } from "../hooks/decide/decide-by-form";
import { defineHookKind } from "../hooks/hook-kind";
import { signalEvent, signalPayload } from "../signals/signal-event";
import { signalReception } from "../signals/signal-reception";
import { workflowEndedDefinition } from "./definition";

export const workflowEndedHook = defineHookKind({
	definition: workflowEndedDefinition,
	reception: () => signalReception(24),
	decide: (config, form, event) =>
		decideByForm(config, form, { payload: signalPayload(config.id, event), keys: () => [] }),
	sample: ({ workflows: [slug = "nightly-report"], statuses: [status = "completed"] }) =>
		signalEvent({
			run: {
				id: "sample",
				number: 1,
				status,
				output: status === "completed" ? {} : null,
				error: status === "failed" ? { message: "The command ended with code 1." } : null,
				url: "",
			},
			workflow: { slug, name: slug },
		}),
});
