"use client";

import { useCallback, useState } from "react";
import { z } from "zod";

const panelsSchema = z.object({
	palette: z.boolean().default(true),
	inspector: z.boolean().default(true),
	bottom: z.enum(["problems", "tests", "versions"]).nullable().default("problems"),
});

/** Which panels are open around the canvas. */
export type Panels = z.infer<typeof panelsSchema>;

const KEY = "weft-editor-panels";

/** What was open when the editor was last used in this browser. Only for components that the server never renders. */
export function usePanels(): [Panels, (change: Partial<Panels>) => void] {
	const [panels, setPanels] = useState(readPanels);
	const change = useCallback((changes: Partial<Panels>) => {
		setPanels((before) => {
			const after = { ...before, ...changes };
			localStorage.setItem(KEY, JSON.stringify(after));
			return after;
		});
	}, []);
	return [panels, change];
}

function readPanels(): Panels {
	return panelsSchema.parse(parseObject(localStorage.getItem(KEY)));
}

/** Something else wrote under this name, or an older version did: then everything is open. */
function parseObject(text: string | null): unknown {
	try {
		const value: unknown = JSON.parse(text ?? "{}");
		return panelsSchema.safeParse(value).success ? value : {};
	} catch {
		return {};
	}
}
