"use client";

import type { Json } from "@/server/plan/values/json";
import type { Trigger } from "@/server/triggers/catalog";
import { CheckedField } from "../../fields/checked-field";
import type { FieldSpec } from "../../fields/describe-fields";
import { FieldFrame } from "../../fields/field-frame";
import type { WidgetProps } from "../../fields/field-props";
import { durationText, jsonText, numberText, type TextForm, wordsText } from "../../fields/field-text";
import { ChoiceWidget } from "../../widgets/choice-widget";
import { SwitchWidget } from "../../widgets/switch-widget";
import { settingOf, withSetting } from "./plain-setting";
import { SecretField } from "./secret-field";
import type { TriggerForm } from "./use-trigger-form";

interface PlainFieldProps {
	spec: FieldSpec;
	form: TriggerForm<Trigger>;
}

/** One setting of a trigger with its label and its problems. A plan holds none that is wrong, and no references. */
export function PlainField({ spec, form }: PlainFieldProps) {
	const value = settingOf(form.trigger, spec.key);
	const issues = form.issuesOf(spec.key);
	const write = (next: Json | undefined) => writeSetting({ spec, form }, next);
	const { label, help, placeholder } = spec;
	if (spec.credential) {
		const name = typeof value === "string" ? value : undefined;
		return <SecretField label={label} value={name} issues={issues} help={help} onWrite={write} />;
	}
	switch (spec.widget) {
		case "switch":
			return <SwitchWidget {...widgetProps({ spec, form })} />;
		case "select":
			return (
				<FieldFrame label={label} issues={issues} help={help}>
					{(control) => <ChoiceWidget {...widgetProps({ spec, form })} control={control} options={spec.options} />}
				</FieldFrame>
			);
		default:
			return (
				<CheckedField
					label={label}
					value={value}
					form={textForm(spec.widget)}
					issues={issues}
					onWrite={write}
					expected={(typed) => explainSetting({ spec, form }, typed)}
					{...(help !== undefined && { help })}
					{...(placeholder !== undefined && { placeholder })}
				/>
			);
	}
}

/** False when the plan cannot hold it. */
function writeSetting({ spec: { key }, form }: PlainFieldProps, value: Json | undefined): boolean {
	const next = withSetting(form.trigger, { key, value });
	return !("problem" in next) && form.write(next);
}

function explainSetting({ spec: { key }, form }: PlainFieldProps, value: Json | undefined): string {
	const next = withSetting(form.trigger, { key, value });
	return "problem" in next ? next.problem : "This value cannot be kept.";
}

function widgetProps({ spec, form }: PlainFieldProps): WidgetProps {
	return {
		spec,
		path: [spec.key],
		field: spec.key,
		value: settingOf(form.trigger, spec.key),
		onChange: (next) => void writeSetting({ spec, form }, next),
		issues: form.issuesOf(spec.key),
		kind: "code",
		inside: false,
		isBroken: () => false,
		onFix: () => {},
		control: {},
	};
}

/** How a setting is typed; what has parts is written as JSON. */
function textForm(widget: FieldSpec["widget"]): TextForm {
	switch (widget) {
		case "number":
			return numberText;
		case "duration":
			return durationText;
		case "text":
		case "textarea":
		case "cel":
			return wordsText;
		default:
			return jsonText;
	}
}
