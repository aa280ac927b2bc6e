"use client";

import { memo } from "react";
import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import { RULE_OPERATORS } from "@/server/plan/expressions/rules";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { FieldIssues } from "../fields/field-issues";
import type { WidgetProps } from "../fields/field-props";
import { useDraftText } from "../fields/use-draft-text";
import { isWithin, useConfigValue, useWriteConfig } from "../node-fields";
import { LastResultLine } from "../references/last-result-line";
import { RowControls } from "../rows/row-controls";
import { RowList } from "../rows/row-list";
import { JsonWidget } from "../widgets/json-widget";
import { ReferenceInput } from "../widgets/reference-input";
import { operatorOf, readDrafts, withOperator } from "./rule-forms";

/** The comparisons of a condition, one a row, without an expression to be written. */
export function RulesWidget(props: WidgetProps) {
	const { value, onChange } = props;
	const rules = readDrafts(value);
	if (!rules) return <JsonWidget {...props} />;
	// A condition that says nothing yet shows the rule that is to be filled in.
	const rows = rules.length === 0 ? [NEW_RULE] : rules;
	return (
		<div className="grid gap-2">
			{rows.length > 1 && <MatchChoice {...props} />}
			<RowList
				look="cards"
				noun="rule"
				rows={rows}
				newRow={() => NEW_RULE}
				onChange={onChange}
				least={1}
				most={MAX_COUNT}
			>
				{(rule, index) => (
					<RuleRow {...props} rule={rule} index={index} onWrite={(changed) => onChange(rows.with(index, changed))} />
				)}
			</RowList>
		</div>
	);
}

/** As many as a condition takes. */
const MAX_COUNT = 20;

const NEW_RULE: JsonObject = { left: "", operator: "equals" };

const MATCHES = [
	{ value: "all", label: "All of them" },
	{ value: "any", label: "Any of them" },
] as const;

function MatchChoice({ path }: WidgetProps) {
	const at = [...path.slice(0, -1), "match"];
	const match = useConfigValue(at);
	const write = useWriteConfig(at, "True when");
	return (
		<Segmented
			aria-label="True when"
			full
			className="h-(--h-field)"
			value={match === "any" ? "any" : "all"}
			options={MATCHES}
			onChange={(chosen) => write(chosen === "any" ? "any" : undefined)}
		/>
	);
}

interface RuleRowProps extends WidgetProps {
	rule: JsonObject;
	index: number;
	onWrite: (rule: JsonObject) => void;
}

const OPERATORS = Object.entries(RULE_OPERATORS).map(([value, { label }]) => ({ value, label }));

const RuleRow = memo(function RuleRow(props: RuleRowProps) {
	const { rule, index, field, kind, inside, issues, onFix, onWrite } = props;
	const operator = operatorOf(rule);
	const title = `Rule ${index + 1}`;
	const own = issues.filter((issue) => isWithin(issue.field, `${field}.${index}`));
	const side = (key: "left" | "right") => ({
		value: rule[key],
		isInvalid: own.some((issue) => isWithin(issue.field, `${field}.${index}.${key}`)),
		onWrite: (value: Json) => onWrite({ ...rule, [key]: value }),
	});
	const isBlank = rule.left === "" || rule.left === undefined;
	return (
		<section aria-label={title} className="grid gap-1.5">
			<div className="flex items-center gap-1">
				<ValueInput
					{...props}
					{...side("left")}
					isInvalid={side("left").isInvalid || (isBlank && issues.length > 0)}
					label={`${title}, value`}
					placeholder="{{ steps.test.output.exitCode }}"
				/>
				<RowControls />
			</div>
			<LastResultLine value={rule.left} kind={kind} inside={inside} />
			<div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-1.5">
				<Select
					aria-label={`${title}, comparison`}
					value={operator}
					options={OPERATORS}
					onChange={(chosen) => onWrite(withOperator(rule, chosen))}
				/>
				{RULE_OPERATORS[operator].hasRight && (
					<ValueInput
						{...props}
						{...side("right")}
						label={`${title}, compare with`}
						placeholder={operator.includes("one-of") ? "eu, us" : "0"}
					/>
				)}
			</div>
			<LastResultLine value={rule.right} kind={kind} inside={inside} />
			<FieldIssues issues={own} onFix={onFix} />
		</section>
	);
});

interface ValueInputProps extends Pick<WidgetProps, "inside" | "isBroken"> {
	label: string;
	value: Json | undefined;
	isInvalid: boolean;
	placeholder: string;
	onWrite: (value: Json) => void;
}

function ValueInput({ label, value, isInvalid, placeholder, onWrite, inside, isBroken }: ValueInputProps) {
	const draft = useDraftText(value, asTyped, (typed) => onWrite(typed ?? ""));
	return (
		<ReferenceInput
			aria-label={label}
			place={{ label, references: true, inside, isBroken }}
			control={{ ...(isInvalid && { "aria-invalid": true }) }}
			value={draft.text}
			onChange={draft.onChange}
			onBlur={draft.onBlur}
			placeholder={placeholder}
		/>
	);
}

/** Text as it is, a list with commas; what else a file may bring as JSON. */
const asTyped = {
	write(value: Json | undefined): string {
		if (value === undefined) return "";
		if (typeof value === "string") return value;
		const isPlain = Array.isArray(value) && value.every((item) => typeof item === "string" && !/[,\n]/.test(item));
		return isPlain ? value.join(", ") : JSON.stringify(value);
	},
	read: (text: string) => text,
};
