"use client";

import { useState } from "react";
import type { z } from "zod";

/**
 * State that this browser keeps under a name, so that it outlives the page. What cannot be kept, as in a private window, is
 * there until the page is left; what does not fit the schema is as if it were not there.
 */
export function useKeptState<Value>(name: string, schema: z.ZodType<Value>) {
	const [value, setValue] = useState(() => read(name, schema));
	const change = (next: Value | null) => {
		setValue(next);
		try {
			if (next === null) localStorage.removeItem(name);
			else localStorage.setItem(name, JSON.stringify(next));
		} catch {
			// There is no room: it stays in the page.
		}
	};
	return [value, change] as const;
}

function read<Value>(name: string, schema: z.ZodType<Value>): Value | null {
	try {
		const text = localStorage.getItem(name);
		return text === null ? null : (schema.safeParse(JSON.parse(text)).data ?? null);
	} catch {
		return null;
	}
}
