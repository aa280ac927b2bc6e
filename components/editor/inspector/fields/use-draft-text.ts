"use client";

import { useState } from "react";
import type { Json } from "@/server/plan/values/json";
import { isSameJson } from "@/server/plan/values/same-json";
import type { TextForm } from "./field-text";

interface DraftText {
	text: string;
	onChange: (text: string) => void;
	/** Writes the text the usual way again, as when the field is left. */
	onBlur: () => void;
}

/**
 * A value that is typed as text. What was typed stays as it is while it means the value; when the value changes from
 * elsewhere (undo, a teammate), the text follows.
 */
export function useDraftText(
	value: Json | undefined,
	form: TextForm,
	onWrite: (value: Json | undefined) => void,
): DraftText {
	const [draft, setDraft] = useState<string | null>(null);
	const text = draft !== null && isSameJson(form.read(draft), value) ? draft : form.write(value);
	return {
		text,
		onChange(typed) {
			setDraft(typed);
			onWrite(form.read(typed));
		},
		onBlur: () => setDraft(null),
	};
}
