"use client";

import { ChevronDown, ChevronUp, Plus, Trash2 } from "lucide-react";
import { memo, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { singular } from "@/server/plan/validate/schema-tree";
import type { Json } from "@/server/plan/values/json";
import { isFieldShown } from "../fields/arrange-fields";
import type { FieldSpec } from "../fields/describe-fields";
import type { NestingProps } from "../fields/field-props";
import { useConfigValue } from "../node-fields";
import { JsonWidget } from "./json-widget";

/** A list of objects, each a small form: the cases of a switch. */
export function GroupListWidget({ fields, Field, ...props }: NestingProps & { fields: readonly FieldSpec[] }) {
	const { spec, value, onChange, path } = props;
	if (value !== undefined && !Array.isArray(value)) return <JsonWidget {...props} />;
	const groups = value ?? [];
	const move = (from: number, to: number) => {
		const moved = groups[from];
		if (moved !== undefined) onChange(groups.toSpliced(from, 1).toSpliced(to, 0, moved));
	};
	return (
		<div className="grid gap-2">
			{groups.map((_, index) => (
				<Group
					// biome-ignore lint/suspicious/noArrayIndexKey: the entries of a list have no other name
					key={index}
					title={`${singular(spec.label)} ${index + 1}`}
					path={path}
					index={index}
					fields={fields}
					Field={Field}
					isLast={index === groups.length - 1}
					onMove={move}
					onRemove={() => onChange(groups.toSpliced(index, 1))}
				/>
			))}
			<Button className="justify-self-start" onClick={() => onChange([...groups, emptyGroup(fields, groups.at(-1))])}>
				<Plus />
				Add a {singular(spec.label).toLowerCase()}
			</Button>
		</div>
	);
}

interface GroupProps extends Pick<NestingProps, "path" | "Field"> {
	title: string;
	index: number;
	fields: readonly FieldSpec[];
	isLast: boolean;
	onMove: (from: number, to: number) => void;
	onRemove: () => void;
}

const Group = memo(function Group({ title, path, index, fields, Field, isLast, onMove, onRemove }: GroupProps) {
	const base = useMemo(() => [...path, index], [path, index]);
	const entry = useConfigValue(base);
	return (
		<section aria-label={title} className="grid gap-2 rounded-2 border border-line p-2.5">
			<div className="-my-1 -mr-1 flex items-center gap-0.5">
				<span className="flex-1 font-medium text-12">{title}</span>
				<IconButton label="Move up" size="panel" disabled={index === 0} onClick={() => onMove(index, index - 1)}>
					<ChevronUp />
				</IconButton>
				<IconButton label="Move down" size="panel" disabled={isLast} onClick={() => onMove(index, index + 1)}>
					<ChevronDown />
				</IconButton>
				<IconButton label={`Remove ${title.toLowerCase()}`} size="panel" onClick={onRemove}>
					<Trash2 />
				</IconButton>
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
