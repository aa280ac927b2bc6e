import { ChevronDown, ChevronRight } from "lucide-react";
import { JsonLeaf } from "./json-leaf";
import { isBranch, type JsonRow, previewOf } from "./json-rows";

/** What a line of a JSON tree says. */
export function JsonRowText({ row }: { row: JsonRow }) {
	const { kind, value } = row;
	if (kind === "more") return <span className="text-accent">Show more: {row.hidden} are hidden</span>;
	if (kind === "end") return Array.isArray(value) ? "]" : "}";
	const name = row.path.at(-1);
	const label = name !== undefined && (
		<>
			<span className="text-(--code-key)">{name}</span>
			{": "}
		</>
	);
	if (kind === "leaf" || !isBranch(value)) {
		return (
			<>
				{label}
				<JsonLeaf value={value} />
			</>
		);
	}
	const Chevron = kind === "open" ? ChevronDown : ChevronRight;
	return (
		<>
			<Chevron aria-hidden="true" className="-ml-3 mr-0.5 inline size-2.5 text-ink-3" strokeWidth={2.5} />
			{label}
			{kind === "open" ? Array.isArray(value) ? "[" : "{" : <span className="text-ink-3">{previewOf(value)}</span>}
		</>
	);
}
