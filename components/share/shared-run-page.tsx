"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { LinkGone } from "./link-gone";
import { SharedRun } from "./shared-run";
import type { SharedRunProps } from "./shared-run-props";

/** A run by its link. The link may be revoked while somebody looks: then nothing of the run stays on the page. */
export function SharedRunPage(props: SharedRunProps) {
	const [isGone, setGone] = useState(false);
	const router = useRouter();
	const onGone = useCallback(() => setGone(true), []);
	const refresh = useCallback(() => router.refresh(), [router]);
	if (isGone) return <LinkGone />;
	return <SharedRun {...props} onGone={onGone} refresh={refresh} />;
}
