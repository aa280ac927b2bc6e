"use client";

import { Braces } from "lucide-react";
import { useState } from "react";
import { Select } from "@/components/ui/forms/select";
import { Checkbox } from "@/components/ui/forms/toggles";
import { IconButton } from "@/components/ui/icon-button";
import { Tooltip } from "@/components/ui/tooltip";
import type { WidgetProps } from "../fields/field-props";
import { RemoveRow } from "../rows/row-controls";
import { RowList } from "../rows/row-list";
import { NamedLine } from "../rows/row-name";
import { JsonWidget } from "./json-widget";
import {
	newRow,
	ROW_TYPES,
	type RowType,
	readSchemaRows,
	retypeRow,
	type SchemaRow,
	writeSchemaRows,
} from "./schema-rows";

/** The fields that an answer must have, one a row; as JSON for what rows cannot say. */
export function JsonSchemaWidget(props: WidgetProps) {
	const [isRaw, setRaw] = useState(false);
	const rows = readSchemaRows(props.value);
	if (!rows || isRaw) {
		return (
			<>
				<JsonWidget {...props} />
				{rows && (
					<button
						type="button"
						className="justify-self-start text-12 text-accent hover:underline"
						onClick={() => setRaw(false)}
					>
						Show as fields
					</button>
				)}
			</>
		);
	}
	return <SchemaRows {...props} rows={rows} onRaw={() => setRaw(true)} />;
}

function SchemaRows({ rows, onChange, onRaw }: WidgetProps & { rows: readonly SchemaRow[]; onRaw: () => void }) {
	const write = (next: readonly SchemaRow[]) => onChange(writeSchemaRows(next));
	return (
		<RowList
			look="lines"
			noun="field"
			rows={rows}
			nameOf={({ name }) => name}
			newRow={() => newRow(rows)}
			onChange={write}
			end={
				<IconButton label="Write as JSON" size="panel" className="mr-1" onClick={onRaw}>
					<Braces />
				</IconButton>
			}
		>
			{(row, index) => (
				<Row row={row} taken={rows.map(({ name }) => name)} onChange={(changed) => write(rows.with(index, changed))} />
			)}
		</RowList>
	);
}

const TYPE_NAMES = {
	string: "text",
	number: "number",
	integer: "whole number",
	boolean: "yes or no",
	choice: "one of",
	list: "list of texts",
	other: "as JSON",
} satisfies Record<RowType, string>;

interface RowProps {
	row: SchemaRow;
	taken: readonly string[];
	onChange: (row: SchemaRow) => void;
}

function Row({ row, taken, onChange }: RowProps) {
	const types = ROW_TYPES.filter((type) => type !== "other" || row.type === "other");
	const retype = (value: string) => {
		const type = ROW_TYPES.find((known) => known === value);
		if (type) onChange(retypeRow(row, type, type === "choice" ? ["yes", "no"] : []));
	};
	return (
		<>
			<NamedLine
				label="Name of the field"
				name={row.name}
				taken={taken}
				onRename={(name) => name !== "" && onChange({ ...row, name })}
				className="w-full"
			>
				<Select
					aria-label={`Type of ${row.name}`}
					size="bar"
					value={row.type}
					options={types.map((type) => ({ value: type, label: TYPE_NAMES[type] }))}
					onChange={retype}
					className="w-30 flex-none border-0 text-(--code-keyword) shadow-none"
				/>
				<Tooltip label={row.required ? "Required" : "Optional"}>
					<Checkbox
						aria-label={`${row.name} is required`}
						checked={row.required}
						onCheckedChange={(checked) => onChange({ ...row, required: checked === true })}
						className="mx-1.5"
					/>
				</Tooltip>
				<RemoveRow className="mr-1" />
			</NamedLine>
			{row.type === "choice" && <OptionsInput row={row} onChange={onChange} />}
		</>
	);
}

/** `low | medium | high` */
function OptionsInput({ row, onChange }: Pick<RowProps, "row" | "onChange">) {
	const [typed, setTyped] = useState<string | null>(null);
	return (
		<input
			aria-label={`Values of ${row.name}, with | between`}
			value={typed ?? row.options.join(" | ")}
			autoComplete="off"
			spellCheck={false}
			className="h-7 w-full min-w-0 border-line-soft border-t bg-transparent px-2.5 pl-5 font-mono text-11 text-(--code-keyword) outline-none phone:h-11 phone:text-[16px]"
			onChange={({ target: { value } }) => {
				setTyped(value);
				const options = value.split("|").flatMap((option) => option.trim() || []);
				if (options.length > 0) onChange(retypeRow(row, "choice", options));
			}}
			onBlur={() => setTyped(null)}
		/>
	);
}
