"use client";

import { useCallback, useState } from "react";
import { z } from "zod";
import { useMediaQuery } from "@/components/ui/hooks/use-media-query";
import { ROOM_FOR_BOTH } from "./panel-widths";

const panelsSchema = z.object({
	palette: z.boolean().default(true),
	inspector: z.boolean().default(true),
	bottom: z.enum(["problems", "tests", "versions"]).nullable().default("problems"),
});

/** Which panels are open around the canvas. */
export type Panels = z.infer<typeof panelsSchema>;

const KEY = "weft-editor-panels";

/** On a narrow screen, the one beside the canvas that is in view. */
type Front = "palette" | "inspector" | null;

/**
 * What was open when the editor was last used in this browser. A narrow screen shows one panel beside the canvas at a
 * time, and forgets nothing of what is open on a wider one. Only for components that the server never renders.
 */
export function usePanels(): [Panels, (change: Partial<Panels>) => void] {
	const [panels, setPanels] = useState(readPanels);
	const [front, setFront] = useState<Front>(panels.inspector ? "inspector" : null);
	const hasRoom = useMediaQuery(ROOM_FOR_BOTH);
	const change = useCallback(
		(changes: Partial<Panels>) => {
			setFront((before) => bringToFront(before, changes));
			setPanels((before) => {
				const { palette = before.palette, inspector = before.inspector } = changes;
				const beside = hasRoom
					? { palette, inspector }
					: { palette: before.palette || palette, inspector: before.inspector || inspector };
				const after = { ...before, ...changes, ...beside };
				localStorage.setItem(KEY, JSON.stringify(after));
				return after;
			});
		},
		[hasRoom],
	);
	const shown = hasRoom ? panels : { ...panels, palette: front === "palette", inspector: front === "inspector" };
	return [shown, change];
}

function bringToFront(front: Front, { palette, inspector }: Partial<Panels>): Front {
	if (inspector) return "inspector";
	if (palette) return "palette";
	if (palette === false && front === "palette") return "inspector";
	return inspector === false && front === "inspector" ? null : front;
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
