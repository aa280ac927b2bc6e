import type { Json } from "@/server/plan/values/json";
import { JsonRowText } from "./json-row-text";
import { jsonRows, MANY_ROWS, TREE_LOOK } from "./json-rows";

/** Of a long value so many lines are in view. */
const IN_VIEW = 24;
const NO_CHOICES = { open: new Map(), shown: new Map() };

/** A JSON value as a tree first shows it, drawn by the server: nothing in it folds. */
export function StillJson({ value }: { value: Json }) {
	const rows = jsonRows(value, NO_CHOICES);
	const isLong = rows.length > MANY_ROWS;
	return (
		<div className="min-w-0 px-4 pb-2.5">
			<div className={isLong ? `${TREE_LOOK} h-100 overflow-hidden` : TREE_LOOK}>
				{rows.slice(0, isLong ? IN_VIEW : undefined).map((row) => (
					<div
						key={row.key}
						className="whitespace-pre-wrap break-words pr-1"
						style={{ paddingLeft: 12 + row.depth * 14 }}
					>
						<JsonRowText row={row} />
					</div>
				))}
			</div>
		</div>
	);
}
