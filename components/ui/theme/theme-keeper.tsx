"use client";

import { useLayoutEffect } from "react";
import { keepTheme, themeScript } from "./theme";

/**
 * Takes over from the script that runs before the first paint, and stands in for it where Next.js draws a page in the
 * browser alone: errors and pages that do not exist.
 */
export function ThemeKeeper() {
	useLayoutEffect(keepTheme, []);
	return null;
}

/** The script that runs before the first paint. Drawn in the browser it would not run, so there it is mere text. */
export function ThemeScript({ nonce }: { nonce?: string }) {
	const type = typeof window === "undefined" ? "text/javascript" : "text/plain";
	return (
		// biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
		<script nonce={nonce} type={type} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
	);
}
