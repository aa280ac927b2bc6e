"use client";

import { useMediaQuery } from "./use-media-query";

/** Below 640 px a page is laid out for a thumb. */
export function useIsPhone(): boolean {
	return useMediaQuery("(width < 640px)");
}
