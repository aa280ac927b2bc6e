"use client";

import type { Json } from "@/server/plan/values/json";
import type { FieldSpec } from "../fields/describe-fields";
import { FieldIssues } from "../fields/field-issues";
import type { WidgetProps } from "../fields/field-props";
import { numberText, type TextForm } from "../fields/field-text";
import { useDraftText } from "../fields/use-draft-text";
import { isWithin } from "../node-fields";
import { LastResultLine } from "../references/last-result-line";
import { RemoveRow } from "../rows/row-controls";
import { RowList } from "../rows/row-list";
import { JsonWidget } from "./json-widget";
import { ReferenceInput } from "./reference-input";

/** A list of single values, one a row. A list that a reference gives is edited as text. */
export function ListWidget({ item, ...props }: WidgetProps & { item: FieldSpec }) {
	const { value } = props;
	if (value !== undefined && !Array.isArray(value)) return <JsonWidget {...props} />;
	return <Items {...props} item={item} items={value ?? []} />;
}

function Items({ item, items, ...props }: WidgetProps & { item: FieldSpec; items: readonly Json[] }) {
	const { spec, onChange } = props;
	const write = (next: Json[]) => onChange(next.length === 0 && spec.optional ? undefined : next);
	return (
		<RowList look="lines" noun="entry" rows={items} newRow={() => ""} onChange={write}>
			{(entry, index) => (
				<ItemRow
					{...props}
					item={item}
					index={index}
					value={entry}
					onChange={(changed) => write(items.with(index, changed ?? ""))}
				/>
			)}
		</RowList>
	);
}

const asTyped: TextForm = {
	write: (value) => (typeof value === "string" ? value : JSON.stringify(value ?? "")),
	read: (text) => text,
};

function ItemRow(props: WidgetProps & { item: FieldSpec; index: number }) {
	const { spec, item, index, value, onChange, kind, inside, isBroken } = props;
	const draft = useDraftText(value, item.widget === "number" ? numberText : asTyped, onChange);
	const own = props.issues.filter((issue) => isWithin(issue.field, `${props.field}.${index}`));
	const label = `${spec.label}, entry ${index + 1}`;
	return (
		<>
			<div className="flex items-center">
				<ReferenceInput
					bare
					mono
					aria-label={label}
					place={{ label, references: kind !== "code" && kind !== "cel", inside, isBroken }}
					control={{ ...(own.length > 0 && { "aria-invalid": true }) }}
					value={draft.text}
					onChange={draft.onChange}
					onBlur={draft.onBlur}
					placeholder={item.placeholder}
					inputMode={item.widget === "number" ? "decimal" : undefined}
					className="h-7 phone:h-11"
				/>
				<RemoveRow className="mr-1" />
			</div>
			<div className="grid gap-1 px-2.5 pb-1.5 empty:hidden">
				<LastResultLine value={value} kind={kind} inside={inside} />
				<FieldIssues issues={own} onFix={props.onFix} />
			</div>
		</>
	);
}
