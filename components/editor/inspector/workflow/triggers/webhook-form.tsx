"use client";

import { Segmented } from "@/components/ui/forms/segmented";
import { explainPlanFields } from "@/server/plan/edits/set-plan-fields";
import type { Issue } from "@/server/plan/issue";
import { webhookRegistration } from "@/server/triggers/webhook/registration";
import { GENERIC_PRESETS, type WebhookConfig } from "@/server/triggers/webhook/settings/webhook-config";
import { useEditor } from "../../../editor-store";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { numberText, wordsText } from "../../fields/field-text";
import { DeliveryLog } from "./delivery-log";
import { PassedValues } from "./passed-values";
import { TestEvent } from "./test-event";
import { TimeMachine } from "./time-machine";
import { TriggerAddress } from "./trigger-address";
import { WebhookLimits } from "./webhook-limits";
import { WebhookSender } from "./webhook-sender";

interface WebhookFormProps {
	webhook: WebhookConfig;
	onChange: (webhook: WebhookConfig) => void;
}

const ANSWERS = [
	{ value: "at-once", label: "At once", help: "202 with the run's number, as soon as the run is stored." },
	{
		value: "output",
		label: "The output",
		help: "What an Output step puts out: fields named status, headers and body are the answer. After 60 s, 202 and a link.",
	},
] as const;

/** A workflow that others' requests start. */
export function WebhookForm({ webhook, onChange }: WebhookFormProps) {
	const inputs = useEditor(({ plan }) => plan.inputs);
	const problems = webhookRegistration.problems(webhook, inputs);
	const issuesOf = (field: string): Issue[] =>
		problems
			.filter((each) => each.field === field)
			.map(({ message }) => ({ severity: "error", code: "invalid_trigger", message }));
	const write = (next: WebhookConfig) => {
		if (explainPlanFields({ triggers: [next] }).length > 0) return false;
		onChange(next);
		return true;
	};
	const props = { webhook, write };
	return (
		<>
			<TriggerAddress trigger={webhook} />
			<TestEvent id={webhook.id} />
			<div className="grid gap-3 border-line border-t px-4 py-4">
				<WebhookSender {...props} issuesOf={issuesOf} />
				<CheckedField
					label="Only when"
					value={webhook.filter}
					form={wordsText}
					issues={issuesOf("filter")}
					placeholder="trigger.body.amount > 100"
					help="In CEL. Without it every request starts a run."
					onWrite={(value) => write(withText(webhook, "filter", value))}
					expected="An expression of 4,000 characters at most."
				/>
				<CheckedField
					label="Duplicates have the same"
					value={webhook.dedupeKey}
					form={wordsText}
					issues={issuesOf("dedupeKey")}
					placeholder={GENERIC_PRESETS.has(webhook.preset) ? "trigger.body.id" : "as its sender marks them"}
					help="In CEL. A request with the key of an earlier one starts nothing."
					onWrite={(value) => write(withText(webhook, "dedupeKey", value))}
					expected="An expression of 4,000 characters at most."
				/>
				{(webhook.dedupeKey !== undefined || !GENERIC_PRESETS.has(webhook.preset)) && (
					<CheckedField
						label="For so many hours"
						value={webhook.dedupeHours}
						form={numberText}
						onWrite={(value = 24) => typeof value === "number" && write({ ...webhook, dedupeHours: value })}
						expected="Enter a number of hours from 1 to 720."
					/>
				)}
				{GENERIC_PRESETS.has(webhook.preset) && (
					<FieldFrame label="Answer" group issues={issuesOf("answer")} help={helpOf(webhook.answer)}>
						{() => (
							<Segmented
								aria-label="Answer"
								full
								value={webhook.answer}
								options={ANSWERS}
								onChange={(answer) => write({ ...webhook, answer })}
							/>
						)}
					</FieldFrame>
				)}
			</div>
			<PassedValues
				values={webhook.inputs}
				reads={["trigger.body", "trigger.headers", "trigger.query"]}
				problems={problems}
				onWrite={(inputs) => write({ ...webhook, inputs })}
			/>
			<WebhookLimits {...props} />
			<TimeMachine trigger={webhook} />
			<DeliveryLog id={webhook.id} />
		</>
	);
}

function helpOf(answer: WebhookConfig["answer"]): string | undefined {
	return ANSWERS.find(({ value }) => value === answer)?.help;
}

function withText(webhook: WebhookConfig, key: "filter" | "dedupeKey", value: unknown): WebhookConfig {
	const { [key]: _, ...rest } = webhook;
	return typeof value === "string" && value !== "" ? { ...rest, [key]: value } : rest;
}
