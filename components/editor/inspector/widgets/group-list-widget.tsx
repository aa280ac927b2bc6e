"use client";

import { memo, useMemo } from "react";
import type { Json } from "@/server/plan/values/json";
import { singular } from "@/server/plan/values/schema-tree";
import { isFieldShown } from "../fields/arrange-fields";
import type { FieldSpec } from "../fields/describe-fields";
import type { NestingProps } from "../fields/field-props";
import { useConfigValue } from "../node-fields";
import { RowControls } from "../rows/row-controls";
import { RowList } from "../rows/row-list";
import { JsonWidget } from "./json-widget";

/** A list of objects, each a small form: the cases of a switch. */
export function GroupListWidget({ fields, Field, ...props }: NestingProps & { fields: readonly FieldSpec[] }) {
	const { spec, value, onChange, path } = props;
	if (value !== undefined && !Array.isArray(value)) return <JsonWidget {...props} />;
	const groups = value ?? [];
	const noun = singular(spec.label);
	return (
		<RowList
			look="cards"
			noun={noun.toLowerCase()}
			rows={groups}
			newRow={() => emptyGroup(fields, groups.at(-1))}
			onChange={onChange}
		>
			{(_, index) => <Group title={`${noun} ${index + 1}`} path={path} index={index} fields={fields} Field={Field} />}
		</RowList>
	);
}

interface GroupProps extends Pick<NestingProps, "path" | "Field"> {
	title: string;
	index: number;
	fields: readonly FieldSpec[];
}

const Group = memo(function Group({ title, path, index, fields, Field }: GroupProps) {
	const base = useMemo(() => [...path, index], [path, index]);
	const entry = useConfigValue(base);
	return (
		<section aria-label={title} className="grid gap-2">
			<div className="-my-1 -mr-1 flex items-center">
				<span className="flex-1 font-medium text-12">{title}</span>
				<RowControls />
			</div>
			{fields.map((field) => isFieldShown(field, entry) && <Field key={field.key} spec={field} base={base} />)}
		</section>
	);
});

/** What must be filled in, and an expression where the entry before has one. */
function emptyGroup(fields: readonly FieldSpec[], last: Json | undefined): Json {
	const isWritten = (key: string) => typeof last === "object" && last !== null && key in last;
	return Object.fromEntries(
		fields.flatMap(({ key, widget, optional, fallback }) =>
			optional && !(widget === "cel" && isWritten(key)) ? [] : [[key, fallback ?? ""]],
		),
	);
}
