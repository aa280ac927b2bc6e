"use client";

import { CodeField } from "../code/code-field";
import type { CodeLanguage } from "../fields/describe-fields";
import type { NestingProps, WidgetProps } from "../fields/field-props";
import { durationText, numberText } from "../fields/field-text";
import { RulesWidget } from "../rules/rules-widget";
import { ChoiceWidget } from "./choice-widget";
import { ChoicesWidget } from "./choices-widget";
import { FormFieldsWidget } from "./form-fields-widget";
import { GroupListWidget } from "./group-list-widget";
import { JsonSchemaWidget } from "./json-schema-widget";
import { JsonWidget } from "./json-widget";
import { KeyValueWidget } from "./key-value-widget";
import { ListWidget } from "./list-widget";
import { ModelWidget } from "./model-widget";
import { PromptVariablesWidget } from "./prompt-variables-widget";
import { PromptWidget } from "./prompt-widget";
import { SwitchWidget } from "./switch-widget";
import { TypedInput } from "./typed-input";
import { WorkflowInputsWidget } from "./workflow-inputs-widget";
import { WorkflowWidget } from "./workflow-widget";

/** The control of a field, as its schema asks for. */
export function FieldWidget({ Field, ...props }: NestingProps) {
	switch (props.spec.widget) {
		case "text":
			return <TypedInput {...props} form={plainText} />;
		case "number":
			return <TypedInput {...props} form={numberText} />;
		case "duration":
			return <TypedInput {...props} form={durationText} />;
		case "model":
			return <ModelWidget {...props} />;
		case "workflow":
			return <WorkflowWidget {...props} />;
		case "workflow-inputs":
			return <WorkflowInputsWidget {...props} />;
		case "prompt":
			return <PromptWidget {...props} />;
		case "prompt-variables":
			return <PromptVariablesWidget {...props} />;
		case "textarea":
			return <TextEditor {...props} language="words" size="paragraph" />;
		case "code":
			return <TextEditor {...props} language={props.spec.language} size="script" />;
		case "cel":
			return <TextEditor {...props} language="cel" size="line" />;
		case "select":
			return <ChoiceWidget {...props} options={props.spec.options} />;
		case "choices":
			return <ChoicesWidget {...props} options={props.spec.options} />;
		case "switch":
			return <SwitchWidget {...props} />;
		case "json":
			return <JsonWidget {...props} />;
		case "json-schema":
			return <JsonSchemaWidget {...props} />;
		case "form-fields":
			return <FormFieldsWidget {...props} />;
		case "rules":
			return <RulesWidget {...props} />;
		case "list":
			return <ListWidget {...props} item={props.spec.item} />;
		case "group-list":
			return <GroupListWidget {...props} fields={props.spec.fields} Field={Field} />;
		case "key-value":
			return <KeyValueWidget {...props} onlyText={props.spec.onlyText} />;
	}
}

const plainText = {
	write: (value: WidgetProps["value"]) =>
		value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value),
	read: (text: string) => text,
};

interface TextEditorProps extends WidgetProps {
	language: CodeLanguage | "words" | "cel";
	size: "line" | "paragraph" | "script";
}

function TextEditor({ spec, value, onChange, kind, inside, isBroken, control, language, size }: TextEditorProps) {
	return (
		<CodeField
			value={plainText.write(value)}
			// An optional text that is emptied is not there, rather than an empty one. An expression in the place of
			// rules stays one while it is being rewritten.
			onChange={(text) => onChange(text === "" && spec.optional && spec.key !== "when" ? undefined : text)}
			language={language}
			size={size}
			kind={kind}
			inside={inside}
			label={spec.label}
			isBroken={isBroken}
			control={control}
			placeholder={spec.placeholder}
		/>
	);
}
