"use client";

import { type Trigger, triggerDefinitionOf } from "@/server/triggers/catalog";
import { arrangeFields, isFieldShown } from "../../fields/arrange-fields";
import { describeFields } from "../../fields/describe-fields";
import { PlainField } from "./plain-field";
import { settingOf } from "./plain-setting";
import { TriggerFrame } from "./trigger-frame";
import { type TriggerForm, type TriggerFormProps, useTriggerForm } from "./use-trigger-form";

/** What every kind has, or the frame around its fields shows. */
const ELSEWHERE = new Set(["type", "id", "inputs"]);

/** The settings of a trigger as the schema of its kind describes them. */
export function PlainForm(props: TriggerFormProps<Trigger>) {
	const form = useTriggerForm(props);
	const { trigger, problems, set } = form;
	const definition = triggerDefinitionOf(trigger.type);
	if (definition?.reads === undefined || !("inputs" in trigger))
		return (
			<div className="grid gap-3 px-4 pb-4">
				<PlainFields form={form} />
			</div>
		);
	return (
		<TriggerFrame form={{ trigger, problems, set }}>
			<PlainFields form={form} />
		</TriggerFrame>
	);
}

function PlainFields({ form }: { form: TriggerForm<Trigger> }) {
	const definition = triggerDefinitionOf(form.trigger.type);
	const fields = definition ? describeFields(definition.config).filter(({ key }) => !ELSEWHERE.has(key)) : [];
	const written = Object.fromEntries(
		fields.flatMap(({ key, fallback }) => {
			const value = settingOf(form.trigger, key);
			return value === undefined || value === fallback ? [] : [[key, value]];
		}),
	);
	const rows = arrangeFields(fields.filter((field) => isFieldShown(field, written)));
	return (
		<>
			{(definition?.note !== undefined || fields.length === 0) && (
				<p className="text-12 text-ink-3">
					{definition?.note} {fields.length === 0 && "There is nothing to set."}
				</p>
			)}
			{rows.map((row) => (
				<div
					key={row.map(({ key }) => key).join(" ")}
					className={row.length > 1 ? "grid grid-cols-2 gap-2 phone:grid-cols-1" : "min-w-0"}
				>
					{row.map((spec) => (
						<PlainField key={spec.key} spec={spec} form={form} />
					))}
				</div>
			))}
		</>
	);
}
