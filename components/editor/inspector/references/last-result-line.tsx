"use client";

import { cn } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";
import type { TextKind } from "@/server/plan/expressions/field-rules";
import type { Json } from "@/server/plan/values/json";
import { useInspector } from "../inspector-context";
import { useNodeId } from "../node-fields";
import { useStable } from "../use-stable";
import { lastResult, lastScope } from "./last-result";

interface LastResultLineProps {
	value: Json | undefined;
	kind: TextKind;
	/** The place sees the steps inside a container. */
	inside: boolean;
	className?: string;
}

/** Letters at the end that are always in view: values differ there as often as at their beginning. */
const TAIL = 14;
/** What fits into the narrowest panel. */
const SHORT = 36;

/** Under an expression: what it was in the last run. Left out in the middle, whole when it is pointed at or focused. */
export function LastResultLine({ value, kind, inside, className }: LastResultLineProps) {
	const { known } = useInspector();
	const nodeId = useNodeId();
	const result = useStable(
		({ plan }) => lastResult(value, kind, () => lastScope({ plan, nodeId, inside }, known)) ?? null,
	);
	if (result === null) return null;
	const line = result.replace(/\s+/g, " ");
	const isLong = line.length > SHORT;
	return (
		<Tooltip label={<span className="whitespace-pre-wrap break-words font-mono">{result}</span>} side="bottom">
			<button
				type="button"
				tabIndex={isLong ? 0 : -1}
				aria-label={`In the last run: ${line}`}
				className={cn("flex max-w-full cursor-default rounded-1 text-left font-mono text-11 text-ink-3", className)}
			>
				<span aria-hidden="true" className="flex-none whitespace-pre">
					{"= "}
				</span>
				<span className="min-w-0 truncate whitespace-pre">{isLong ? line.slice(0, -TAIL) : line}</span>
				{isLong && <span className="flex-none whitespace-pre">{line.slice(-TAIL)}</span>}
			</button>
		</Tooltip>
	);
}
