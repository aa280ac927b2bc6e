"use client";

import { type ChangeEvent, type DragEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import type { FieldControl } from "@/components/ui/forms/field";
import { inputBox } from "@/components/ui/forms/input";
import { writeReference } from "@/server/plan/expressions/write-reference";
import { useEditorStore } from "../../editor-store";
import { droppedReference } from "../references/drag-reference";
import { closedReferences } from "../references/fix-reference";
import { useCompletion } from "../references/use-completion";
import { DROP_RING, DROP_RING_INSIDE, useDropMark } from "../references/use-drop-mark";
import { useInsertTarget } from "../references/use-insert-target";
import { ReferenceBackdrop, ReferenceLine } from "./reference-backdrop";

/** How a text is read: shared by everything that one can write references in. */
export interface TextPlace {
	/** As the field is called on the form. */
	label: string;
	/** References stand here, between braces. */
	references: boolean;
	/** The place sees the steps inside a container. */
	inside: boolean;
	isBroken: (path: readonly string[]) => boolean;
	/** A reference that is picked takes the place of everything: a number cannot stand beside one. */
	whole?: boolean;
}

export interface ReferenceInputProps {
	place: TextPlace;
	value: string;
	onChange: (value: string) => void;
	onBlur?: () => void;
	control?: Partial<FieldControl>;
	/** Where no label stands beside it. */
	"aria-label"?: string;
	placeholder?: string | undefined;
	inputMode?: "decimal" | undefined;
	mono?: boolean;
	/** Inside a box of its own: without a border. */
	bare?: boolean;
	className?: string;
}

/** One line of text in which `{{ references }}` look like chips and are completed while they are typed. */
export function ReferenceInput(props: ReferenceInputProps) {
	const { place, value, control, placeholder, inputMode, mono, bare, className } = props;
	const [scroll, setScroll] = useState(0);
	const { completion, ...handlers } = useReferenceTyping(props);
	const drop = useDropMark(place.references);
	const references = place.references ? closedReferences(value) : [];
	const invalid = control?.["aria-invalid"];
	const padding = bare ? "px-2.5" : "px-2.5 phone:px-3";
	return (
		<span
			{...drop}
			aria-invalid={invalid}
			className={cn(
				bare ? "focus-within:shadow-[inset_0_0_0_2px_var(--focus)]" : inputBox,
				bare ? DROP_RING_INSIDE : DROP_RING,
				"group/reference relative block h-(--h-field) w-full min-w-0 overflow-hidden phone:text-[16px]",
				mono ? "font-mono text-11 [font-variant-ligatures:none]" : "text-13",
				className,
			)}
		>
			{references.length > 0 && (
				<>
					<ReferenceBackdrop
						text={value}
						references={references}
						isBroken={place.isBroken}
						scroll={scroll}
						className={padding}
					/>
					<ReferenceLine text={value} references={references} isBroken={place.isBroken} className={padding} />
				</>
			)}
			<input
				{...control}
				{...(place.references && completion.aria)}
				{...handlers}
				aria-label={props["aria-label"]}
				type="text"
				value={value}
				placeholder={placeholder}
				inputMode={inputMode}
				autoComplete="off"
				spellCheck={!mono && inputMode === undefined}
				onScroll={(event) => setScroll(event.currentTarget.scrollLeft)}
				className={cn(
					"relative block h-full w-full bg-transparent caret-ink outline-none",
					padding,
					references.length > 0 && "text-transparent",
				)}
			/>
			{completion.list}
		</span>
	);
}

function useReferenceTyping({ place, value, onChange, onBlur }: ReferenceInputProps) {
	const field = useRef<HTMLInputElement>(null);
	const putCaret = useCaret(field, value);
	const editor = useEditorStore();
	const replace = (from: number, to: number, text: string) => {
		putCaret(from + text.length);
		onChange(value.slice(0, from) + text + value.slice(to));
	};
	const completion = useCompletion({
		style: "braces",
		inside: place.inside,
		anchor: () => field.current?.getBoundingClientRect() ?? new DOMRect(),
		onChoose: ({ from, to }, written) => replace(from, to, written),
	});
	const insert = (path: readonly string[]) => {
		const from = place.whole ? 0 : (field.current?.selectionStart ?? value.length);
		const to = place.whole ? value.length : (field.current?.selectionEnd ?? from);
		replace(from, to, writeReference(path, "braces"));
		field.current?.focus();
	};
	const enter = useInsertTarget({ label: place.label, inside: place.inside, insert });
	const follow = ({ value: text, selectionStart }: HTMLInputElement) => {
		if (place.references) completion.follow({ text, caret: selectionStart ?? 0 });
	};
	return {
		completion,
		ref: field,
		onChange(event: ChangeEvent<HTMLInputElement>) {
			onChange(event.target.value);
			follow(event.target);
		},
		onSelect: (event: { currentTarget: HTMLInputElement }) => completion.isOpen && follow(event.currentTarget),
		onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
			if (event.key === " " && event.ctrlKey) return follow(event.currentTarget);
			if (!completion.press(event)) return;
			event.preventDefault();
			event.stopPropagation();
		},
		onFocus: () => place.references && enter(),
		onBlur() {
			completion.close();
			onBlur?.();
			editor.getState().seal();
		},
		onDrop(event: DragEvent) {
			const path = place.references ? droppedReference(event.dataTransfer) : undefined;
			if (!path) return;
			event.preventDefault();
			event.stopPropagation();
			insert(path);
		},
	};
}

/** Puts the caret behind what was inserted, once the text is there. */
function useCaret(field: { current: HTMLInputElement | null }, value: string): (at: number) => void {
	const wanted = useRef<number | null>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the text
	useLayoutEffect(() => {
		if (wanted.current !== null) field.current?.setSelectionRange(wanted.current, wanted.current);
		wanted.current = null;
	}, [value]);
	return (at) => {
		wanted.current = at;
	};
}
