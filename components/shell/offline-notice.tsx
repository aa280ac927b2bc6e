"use client";

import { usePathname } from "next/navigation";
import { useOffline } from "next/offline";
import { useEffect } from "react";
import { useStore } from "zustand";
import { showWaiting } from "../ui/toasts/toaster";
import { wantedPage } from "./wanted-page";

const WAITS = "No connection to Weft. The page opens when it is back.";

/** Says why a page that was asked for does not come. The router keeps trying, and this page stays open meanwhile. */
export function OfflineNotice() {
	const isOffline = useOffline();
	const path = usePathname();
	const wanted = useStore(wantedPage);
	// biome-ignore lint/correctness/useExhaustiveDependencies: a new path is a page that came
	useEffect(() => wantedPage.setState({ address: null }), [path]);
	useEffect(() => {
		if (isOffline && wanted.address !== null && isElsewhere(wanted.address)) showWaiting(WAITS);
	}, [isOffline, wanted]);
	return null;
}

function isElsewhere(address: string): boolean {
	return new URL(address, location.href).href !== location.href;
}
