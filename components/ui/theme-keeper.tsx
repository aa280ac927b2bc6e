"use client";

import { useLayoutEffect } from "react";
import { keepTheme } from "./theme";

/**
 * Takes over from the script that runs before the first paint, and stands in for it where Next.js draws a page in the
 * browser alone: errors and pages that do not exist.
 */
export function ThemeKeeper() {
	useLayoutEffect(keepTheme, []);
	return null;
}
