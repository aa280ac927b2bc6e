"use client";

import { Popover } from "radix-ui";
import { useEffect, useMemo, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
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
			{/* What does not fit is left out at the front: paths differ at their end. */}
			<span className="min-w-0 truncate text-left [direction:rtl]" title={suggestion.text}>
				<bdi dir="ltr">
					<Marked suggestion={suggestion} />
				</bdi>
			</span>
			<span className="ml-auto flex-none text-(--code-keyword)">{value.type === "any" ? "" : value.type}</span>
			<span className="w-18 flex-none truncate text-right empty:hidden">
				{value.value !== undefined && <LastValue value={value.value} />}
			</span>
		</div>
	);
}

function Marked({ suggestion: { text, marks } }: { suggestion: Suggestion }) {
	return marks
		.map(([from, to], index) => (
			<span key={from}>
				{text.slice(marks[index - 1]?.[1] ?? 0, from)}
				<mark className="bg-transparent font-bold text-accent underline decoration-[1.5px] underline-offset-3">
					{text.slice(from, to)}
				</mark>
				{index === marks.length - 1 && text.slice(to)}
			</span>
		))
		.concat(marks.length === 0 ? [<span key="all">{text}</span>] : []);
}

function Foot({ matches: { found, total } }: { matches: Matches }) {
	return (
		<div className="flex h-8 items-center gap-2.5 whitespace-nowrap border-line border-t bg-page px-3 text-11 text-ink-3">
			<span className="inline-flex items-center gap-1 phone:hidden">
				<Kbd>↑</Kbd>
				<Kbd>↓</Kbd>
			</span>
			<span className="inline-flex items-center gap-1 phone:hidden">
				<Kbd>↵</Kbd>insert
			</span>
			<span className="inline-flex items-center gap-1 phone:hidden">
				<Kbd>esc</Kbd>close
			</span>
			<span aria-live="polite" className="ml-auto whitespace-nowrap tabular-nums">
				{found === total ? total : `${found} of ${total}`}
			</span>
		</div>
	);
}
