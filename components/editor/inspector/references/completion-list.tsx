"use client";

import { Popover } from "radix-ui";
import { useEffect, useMemo, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { type Mark, MarkedText } from "../../search/marked-text";
import { SearchKeys } from "../../search/search-list";
import { LastValue } from "./last-value";
import type { Matches, Suggestion } from "./match-references";

interface CompletionListProps {
	id: string;
	anchor: () => DOMRect;
	matches: Matches;
	chosen: number;
	onChoose: (suggestion: Suggestion) => void;
	onPoint: (index: number) => void;
	onClose: () => void;
}

/** The references that fit what is being typed, with what each was last. The focus stays in the field. */
export function CompletionList({ id, anchor, matches, chosen, onChoose, onPoint, onClose }: CompletionListProps) {
	const place = useRef(anchor);
	place.current = anchor;
	const virtual = useMemo(() => ({ current: { getBoundingClientRect: () => place.current() } }), []);
	let index = 0;
	return (
		<Popover.Root open onOpenChange={(open) => !open && onClose()}>
			<Popover.Anchor virtualRef={virtual} />
			<Popover.Portal>
				<Popover.Content
					align="start"
					sideOffset={4}
					collisionPadding={8}
					onOpenAutoFocus={(event) => event.preventDefault()}
					onCloseAutoFocus={(event) => event.preventDefault()}
					onMouseDown={(event) => event.preventDefault()}
					// The list inside has a role of its own, and the keys of the workflow are heard while it is open.
					role="presentation"
					className="z-50 w-(--radix-popper-anchor-width) min-w-72 max-w-120 animate-fade overflow-hidden rounded-3 border border-line bg-panel shadow-2"
				>
					<div
						id={id}
						role="listbox"
						aria-label="References"
						className="max-h-72 overflow-y-auto overscroll-contain py-1"
					>
						{matches.groups.map(({ title, suggestions }, at) => (
							// biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by role
							<div key={title} role="group" aria-label={title}>
								<div aria-hidden="true" className="flex h-6 items-center px-3 font-medium text-11 text-ink-3">
									{title}
									{at === 0 && <span className="ml-auto font-normal">last value</span>}
								</div>
								{suggestions.map((suggestion) => {
									const own = index++;
									return (
										<Row
											key={suggestion.text}
											id={`${id}-${own}`}
											suggestion={suggestion}
											isChosen={own === chosen}
											onChoose={() => onChoose(suggestion)}
											onPoint={() => onPoint(own)}
										/>
									);
								})}
							</div>
						))}
					</div>
					<Foot matches={matches} />
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	);
}

interface RowProps {
	id: string;
	suggestion: Suggestion;
	isChosen: boolean;
	onChoose: () => void;
	onPoint: () => void;
}

function Row({ id, suggestion, isChosen, onChoose, onPoint }: RowProps) {
	const row = useRef<HTMLDivElement>(null);
	const { value } = suggestion;
	useEffect(() => {
		if (isChosen) row.current?.scrollIntoView?.({ block: "nearest" });
	}, [isChosen]);
	return (
		// biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen option
		// biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
		<div
			ref={row}
			id={id}
			role="option"
			aria-selected={isChosen}
			onClick={onChoose}
			onMouseMove={isChosen ? undefined : onPoint}
			className={cn(
				"mx-1 flex h-7 cursor-pointer items-center gap-2 rounded-2 px-2 font-mono text-11 [font-variant-ligatures:none] phone:h-11",
				isChosen && "bg-accent-soft",
			)}
		>
			<Path suggestion={suggestion} />
			<span className="ml-auto flex-none text-(--code-keyword)">{value.type === "any" ? "" : value.type}</span>
			<span className="w-18 flex-none truncate text-right empty:hidden">
				{value.value !== undefined && <LastValue value={value.value} />}
			</span>
		</div>
	);
}

/** What does not fit is left out before the last name: paths begin with the step and differ at their end. */
function Path({ suggestion }: { suggestion: Suggestion }) {
	const { text, marks } = suggestion;
	const last = Math.max(0, text.lastIndexOf("."));
	return (
		<span className="flex min-w-0 whitespace-pre" title={text}>
			<span className="min-w-0 truncate empty:hidden">
				<MarkedText text={text.slice(0, last)} marks={marksWithin(marks, 0, last)} />
			</span>
			<span className="max-w-[60%] flex-none truncate">
				<MarkedText text={text.slice(last)} marks={marksWithin(marks, last, text.length)} />
			</span>
		</span>
	);
}

/** The marks of a part of a text, as they stand in that part. */
function marksWithin(marks: readonly Mark[], from: number, to: number): Mark[] {
	return marks.flatMap(([start, end]): Mark[] => {
		const within: Mark = [Math.max(start, from) - from, Math.min(end, to) - from];
		return within[0] < within[1] ? [within] : [];
	});
}

const KEYS = [
	[["↑", "↓"], "choose"],
	[["↵"], "insert"],
	[["esc"], "close"],
] as const;

function Foot({ matches: { found, total } }: { matches: Matches }) {
	return (
		<SearchKeys
			keys={KEYS}
			end={
				<span aria-live="polite" className="ml-auto tabular-nums">
					{found === total ? total : `${found} of ${total}`}
				</span>
			}
		/>
	);
}
