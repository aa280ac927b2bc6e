"use client";

import { Segmented } from "@/components/ui/forms/segmented";
import { GENERIC_PRESETS, type WebhookConfig } from "@/server/triggers/webhook/settings/webhook-config";
import { FieldFrame } from "../../fields/field-frame";
import { DuplicateFields, FilterField } from "./filter-fields";
import { TriggerFrame } from "./trigger-frame";
import { type TriggerForm, type TriggerFormProps, useTriggerForm } from "./use-trigger-form";
import { WebhookLimits } from "./webhook-limits";
import { WebhookSender } from "./webhook-sender";

const ANSWERS = [
	{ value: "at-once", label: "At once", help: "202 with the run's number, as soon as the run is stored." },
	{
		value: "output",
		label: "The output",
		help: "What an Output step puts out: fields named status, headers and body are the answer. After 60 s, 202 and a link.",
	},
] as const;

/** A workflow that others' requests start. */
export function WebhookForm(props: TriggerFormProps<WebhookConfig>) {
	const form = useTriggerForm(props);
	const isGeneric = GENERIC_PRESETS.has(form.trigger.preset);
	return (
		<TriggerFrame form={form} sections={<WebhookLimits form={form} />}>
			<WebhookSender form={form} />
			<FilterField
				form={form}
				placeholder="trigger.body.amount > 100"
				help="In CEL. Without it every request starts a run."
			/>
			<DuplicateFields
				form={form}
				placeholder={isGeneric ? "trigger.body.id" : "as its sender marks them"}
				help="In CEL. A request with the key of an earlier one starts nothing."
				areMarked={!isGeneric}
			/>
			{isGeneric && <Answer form={form} />}
		</TriggerFrame>
	);
}

function Answer({ form: { trigger, issuesOf, set } }: { form: TriggerForm<WebhookConfig> }) {
	const { help } = ANSWERS.find(({ value }) => value === trigger.answer) ?? {};
	return (
		<FieldFrame label="Answer" group issues={issuesOf("answer")} help={help}>
			{() => (
				<Segmented
					aria-label="Answer"
					full
					value={trigger.answer}
					options={ANSWERS}
					onChange={(answer) => set({ answer })}
				/>
			)}
		</FieldFrame>
	);
}
