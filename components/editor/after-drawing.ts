"use client";

import { useEffect, useState } from "react";

/** Resolves once the browser has drawn what there is now; in a tab behind others, once it is looked at. */
export function afterDrawing(): Promise<void> {
	return new Promise((resolve) => {
		requestAnimationFrame(() => setTimeout(resolve));
	});
}

/** False until the first picture is drawn: what that does without is loaded and mounted afterwards. */
export function useIsDrawn(): boolean {
	const [isDrawn, setDrawn] = useState(false);
	useEffect(() => {
		let isGone = false;
		void afterDrawing().then(() => isGone || setDrawn(true));
		return () => {
			isGone = true;
		};
	}, []);
	return isDrawn;
}
