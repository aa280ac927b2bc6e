import { Braces, Copy, Table2 } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { writeReference } from "@/server/plan/expressions/write-reference";
import { JsonRowText } from "./json-row-text";
import { copyTextOf, isTable, type JsonRow } from "./json-rows";

export interface RowActions {
	onToggle: (row: JsonRow) => void;
	onMore: (row: JsonRow) => void;
	onTable: (row: JsonRow) => void;
	onCopy: (text: string, what: string) => void;
}

interface JsonRowLineProps extends RowActions {
	row: JsonRow;
	/** What a reference to the whole value begins with. */
	base: readonly string[] | undefined;
	/** The arrow keys stand on it. */
	active: boolean;
	id: string;
	onActivate: (row: JsonRow) => void;
}

/** One line of a JSON tree, with what can be done with its value at the right. */
export function JsonRowLine({ row, base, active, id, onToggle, onMore, onActivate, ...actions }: JsonRowLineProps) {
	const isFoldable = row.kind === "open" || row.kind === "closed";
	const press = () => {
		onActivate(row);
		if (isFoldable) onToggle(row);
		if (row.kind === "more") onMore(row);
	};
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the tree around hears the keys
		<div
			id={id}
			role="treeitem"
			tabIndex={-1}
			aria-level={row.depth + 1}
			aria-expanded={isFoldable ? row.kind === "open" : undefined}
			aria-selected={active}
			className={cn(
				"group/row relative whitespace-pre-wrap break-words pr-1 outline-none hover:bg-fill",
				isFoldable && "cursor-pointer",
				active && "group-focus-within/tree:bg-fill",
			)}
			style={{ paddingLeft: 12 + row.depth * 14 }}
			onClick={press}
		>
			<JsonRowText row={row} />
			{(row.kind === "leaf" || isFoldable) && <Actions row={row} base={base} active={active} {...actions} />}
		</div>
	);
}

type ActionsProps = Pick<JsonRowLineProps, "row" | "base" | "active" | "onCopy" | "onTable">;

function Actions({ row, base, active, onCopy, onTable }: ActionsProps) {
	const reference = base && writeReference([...base, ...row.path], "braces");
	const stop = active ? 0 : -1;
	return (
		<span
			className={cn(
				"absolute top-0 right-0 hidden bg-fill pl-1 font-sans group-hover/row:flex",
				active && "group-focus-within/tree:flex",
			)}
		>
			{isTable(row.value) && (
				<RowButton label="Show as a table" tabIndex={stop} onPress={() => onTable(row)}>
					<Table2 />
				</RowButton>
			)}
			<RowButton label="Copy the value" tabIndex={stop} onPress={() => onCopy(copyTextOf(row.value), "The value")}>
				<Copy />
			</RowButton>
			{reference && (
				<RowButton label={`Copy ${reference}`} tabIndex={stop} onPress={() => onCopy(reference, "The reference")}>
					<Braces />
				</RowButton>
			)}
		</span>
	);
}

interface RowButtonProps {
	label: string;
	tabIndex: number;
	onPress: () => void;
	children: React.ReactNode;
}

function RowButton({ label, tabIndex, onPress, children }: RowButtonProps) {
	return (
		<IconButton
			label={label}
			size="panel"
			tabIndex={tabIndex}
			className="size-[18px] rounded-1 [&>svg]:size-3 phone:size-7"
			onClick={(event) => {
				event.stopPropagation();
				onPress();
			}}
		>
			{children}
		</IconButton>
	);
}
