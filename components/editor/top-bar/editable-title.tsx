"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Tooltip } from "@/components/ui/tooltip";
import { useRename } from "@/components/workflows/use-rename";
import { WORKFLOW_LIMITS } from "@/server/plan/workflow-limits";

interface EditableTitleProps {
	team: string;
	slug: string;
	name: string;
}

/** The workflow's name; pressed, it can be typed over. Enter and leaving the field keep it, Escape gives it up. */
export function EditableTitle({ team, slug, name }: EditableTitleProps) {
	const [typed, setTyped] = useState<string | null>(null);
	const button = useRef<HTMLButtonElement>(null);
	const isClosing = useRef(false);
	const close = () => {
		isClosing.current = true;
		setTyped(null);
	};
	const rename = useRename({ onDone: close });
	// Enter is often followed by leaving the field, before this has been drawn again.
	const isSent = useRef(false);
	useEffect(() => {
		if (typed !== null || !isClosing.current) return;
		isClosing.current = false;
		button.current?.focus();
	}, [typed]);
	if (typed === null) {
		return (
			<Tooltip label="Rename">
				<button
					ref={button}
					type="button"
					className="-mx-1 min-w-0 truncate rounded-1 px-1 font-semibold text-ink hover:bg-fill phone:min-h-11"
					onClick={() => setTyped(name)}
				>
					{name}
				</button>
			</Tooltip>
		);
	}
	const keep = () => {
		const wanted = typed.trim();
		if (wanted === "" || wanted === name) close();
		else if (!isSent.current) {
			isSent.current = true;
			rename.mutate({ team, slug, name: wanted }, { onSettled: () => (isSent.current = false) });
		}
	};
	const press = (event: KeyboardEvent) => {
		// An input method uses both keys for its own words.
		if (event.nativeEvent.isComposing) return;
		if (event.key === "Enter") keep();
		else if (event.key === "Escape") close();
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<input
			aria-label="Name of the workflow"
			// biome-ignore lint/a11y/noAutofocus: the name was pressed to be typed over
			autoFocus
			value={typed}
			maxLength={WORKFLOW_LIMITS.name}
			readOnly={rename.isPending}
			autoComplete="off"
			spellCheck={false}
			onFocus={(event) => event.currentTarget.select()}
			onChange={(event) => setTyped(event.target.value)}
			onKeyDown={press}
			onBlur={keep}
			className="-mx-1 h-7 min-w-24 phone:h-11 phone:text-[16px] max-w-full rounded-1 border border-line-strong bg-panel px-1 font-semibold text-ink outline-none [field-sizing:content] focus:border-focus"
		/>
	);
}
