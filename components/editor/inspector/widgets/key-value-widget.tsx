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
import { addKey, removeKey, renameKey } from "./edit-keys";
import { JsonWidget } from "./json-widget";
import { ReferenceInput } from "./reference-input";
import { AddRow, RemoveRow, RowBox, useFocusAdded } from "./row-box";

/** Names with values, one a row. What a reference gives as a whole is edited as text. */
export function KeyValueWidget({ onlyText, ...props }: WidgetProps & { onlyText: boolean }) {
	const { value } = props;
	if (value !== undefined && (typeof value !== "object" || value === null || Array.isArray(value)))
		return <JsonWidget {...props} />;
	return <Pairs {...props} entries={value ?? {}} onlyText={onlyText} />;
}

function Pairs({ entries, onlyText, ...props }: WidgetProps & { entries: JsonObject; onlyText: boolean }) {
	const { spec, onChange } = props;
	const write = (next: JsonObject) => onChange(Object.keys(next).length === 0 && spec.optional ? undefined : next);
	const { box, focusAdded } = useFocusAdded(Object.keys(entries).length);
	return (
		<RowBox ref={box}>
			{Object.entries(entries).map(([name, entry], index) => (
				<PairRow
					// biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed
					key={index}
					{...props}
					onlyText={onlyText}
					name={name}
					value={entry}
					onRename={(to) => write(renameKey(entries, name, to))}
					onChange={(changed) => write({ ...entries, [name]: changed ?? "" })}
					onRemove={() => write(removeKey(entries, name))}
				/>
			))}
			<AddRow
				onClick={() => {
					focusAdded();
					write(addKey(entries));
				}}
			>
				Add a value
			</AddRow>
		</RowBox>
	);
}

interface PairRowProps extends WidgetProps {
	onlyText: boolean;
	name: string;
	onRename: (to: string) => void;
	onRemove: () => void;
}

function PairRow(props: PairRowProps) {
	const { name, field, issues, onRename, onRemove, onlyText } = props;
	const own = issues.filter((issue) => isWithin(issue.field, `${field}.${name}`));
	return (
		<div className="grid">
			<div className="group/pair flex items-center">
				<NameInput name={name} field={props.spec.label} onRename={onRename} />
				<ValueInput {...props} isInvalid={own.length > 0} withToggle={!onlyText} />
				<RemoveRow label={name === "" ? "Remove this value" : `Remove ${name}`} onClick={onRemove} />
			</div>
			<div className="grid gap-1 px-2.5 pb-1.5 empty:hidden">
				<LastResultLine value={props.value} kind={props.kind} inside={props.inside} />
				<FieldIssues issues={own} onFix={props.onFix} />
			</div>
		</div>
	);
}

/** A name that another entry has waits here until it is a different one: nothing is overwritten while typing. */
function NameInput({ name, field, onRename }: { name: string; field: string; onRename: (to: string) => void }) {
	const [typed, setTyped] = useState<string | null>(null);
	return (
		<input
			aria-label={`Name in ${field.toLowerCase()}`}
			value={typed ?? name}
			placeholder="name"
			autoComplete="off"
			spellCheck={false}
			className="h-7 w-[38%] flex-none border-line-soft border-r bg-transparent px-2.5 font-mono text-11 text-(--code-key) outline-none focus:shadow-[inset_0_0_0_2px_var(--focus)] phone:h-11 phone:text-[16px]"
			onChange={(event) => {
				setTyped(event.target.value);
				onRename(event.target.value);
			}}
			onBlur={() => setTyped(null)}
		/>
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
							"opacity-0 focus-visible:opacity-100 group-focus-within/pair:opacity-100 group-hover/pair:opacity-100 phone:opacity-100",
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
