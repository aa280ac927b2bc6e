"use client";

import { useEffect, useMemo, useRef } from "react";
import { useInspector } from "../inspector-context";
import type { InsertTarget } from "../inspector-ui";

/** Makes a field the place for references that are picked beside the form. Call the result when the field is entered. */
export function useInsertTarget(target: InsertTarget): () => void {
	const { ui } = useInspector();
	const latest = useRef(target);
	latest.current = target;
	const { label, inside } = target;
	const stable = useMemo<InsertTarget>(
		() => ({ label, inside, insert: (path) => latest.current.insert(path) }),
		[label, inside],
	);
	useEffect(() => () => ui.getState().dropTarget(stable), [ui, stable]);
	return () => ui.getState().setTarget(stable);
}
