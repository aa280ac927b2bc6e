"use client";

import { Braces } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { tryReadJson } from "@/server/plan/values/read-json";
import { FieldIssues } from "../fields/field-issues";
import type { WidgetProps } from "../fields/field-props";
import { jsonText, type TextForm } from "../fields/field-text";
import { useDraftText } from "../fields/use-draft-text";
import { isWithin } from "../node-fields";
import { LastResultLine } from "../references/last-result-line";
import { freeName } from "../rows/free-name";
import { RemoveRow } from "../rows/row-controls";
import { RowList } from "../rows/row-list";
import { NamedLine } from "../rows/row-name";
import { JsonWidget } from "./json-widget";
import { ReferenceInput } from "./reference-input";

/** Names with values, one a row. What a reference gives as a whole is edited as text. */
export function KeyValueWidget({ onlyText, ...props }: WidgetProps & { onlyText: boolean }) {
	const { value } = props;
	if (value !== undefined && (typeof value !== "object" || value === null || Array.isArray(value)))
		return <JsonWidget {...props} />;
	return <Pairs {...props} entries={value ?? {}} onlyText={onlyText} />;
}

function Pairs({ entries, onlyText, ...props }: WidgetProps & { entries: JsonObject; onlyText: boolean }) {
	const { spec, onChange } = props;
	const pairs = Object.entries(entries);
	const names = Object.keys(entries);
	const write = (next: readonly (readonly [string, Json])[]) =>
		onChange(next.length === 0 && spec.optional ? undefined : Object.fromEntries(next));
	return (
		<RowList
			look="lines"
			noun="value"
			rows={pairs}
			nameOf={([name]) => name || "this value"}
			newRow={(): [string, Json] => [freeName("name", names), ""]}
			onChange={write}
		>
			{([name, entry], index) => (
				<PairRow
					{...props}
					onlyText={onlyText}
					name={name}
					names={names}
					value={entry}
					onRename={(to) => write(pairs.with(index, [to, entry]))}
					onChange={(changed) => write(pairs.with(index, [name, changed ?? ""]))}
				/>
			)}
		</RowList>
	);
}

interface PairRowProps extends WidgetProps {
	onlyText: boolean;
	name: string;
	names: readonly string[];
	onRename: (to: string) => void;
}

function PairRow(props: PairRowProps) {
	const { name, names, field, issues, onRename, onlyText } = props;
	const own = issues.filter((issue) => isWithin(issue.field, `${field}.${name}`));
	return (
		<>
			<NamedLine
				label={`Name in ${props.spec.label.toLowerCase()}`}
				name={name}
				taken={names}
				onRename={onRename}
				className="w-[38%] flex-none border-line-soft border-r text-(--code-key)"
			>
				<ValueInput {...props} isInvalid={own.length > 0} withToggle={!onlyText} />
				<RemoveRow className="mr-1" />
			</NamedLine>
			<div className="grid gap-1 px-2.5 pb-1.5 empty:hidden">
				<LastResultLine value={props.value} kind={props.kind} inside={props.inside} />
				<FieldIssues issues={own} onFix={props.onFix} />
			</div>
		</>
	);
}

/** Text as it is; numbers, lists and objects as JSON. */
const asText: TextForm = {
	write: (value) => (typeof value === "string" ? value : JSON.stringify(value ?? "")),
	read: (text) => text,
};
const asJson: TextForm = {
	write: (value) => JSON.stringify(value ?? null),
	read: (text) => jsonText.read(text) ?? "",
};

function ValueInput(props: PairRowProps & { isInvalid: boolean; withToggle: boolean }) {
	const { name, spec, value, onChange, kind, inside, isBroken, isInvalid, withToggle } = props;
	const [isJson, setJson] = useState(typeof value !== "string");
	const draft = useDraftText(value, isJson ? asJson : asText, onChange);
	const label = name === "" ? `Value in ${spec.label.toLowerCase()}` : name;
	return (
		<>
			<ReferenceInput
				bare
				mono
				aria-label={`Value of ${label}`}
				place={{ label: `${spec.label}, ${label}`, references: kind !== "code", inside, isBroken }}
				control={{ ...(isInvalid && { "aria-invalid": true }) }}
				value={draft.text}
				onChange={draft.onChange}
				onBlur={draft.onBlur}
				placeholder={isJson ? "null" : "value"}
				className="h-7 phone:h-11"
			/>
			{withToggle && (
				<IconButton
					label={isJson ? "Written as JSON" : "Write as JSON"}
					size="panel"
					pressed={isJson}
					tooltipSide="left"
					className={cn(
						!isJson &&
							"opacity-0 focus-visible:opacity-100 group-focus-within/line:opacity-100 group-hover/line:opacity-100 phone:opacity-100",
					)}
					onClick={() => {
						setJson(!isJson);
						onChange(isJson ? asText.write(value) : readAsJson(value));
					}}
				>
					<Braces />
				</IconButton>
			)}
		</>
	);
}

/** Text that reads as JSON becomes that value, as `3` or `true`; other text stays. */
function readAsJson(value: Json | undefined): Json {
	const read = typeof value === "string" ? tryReadJson(value) : value;
	return read === undefined ? (value ?? "") : read;
}
