"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Me } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { showTimesIn } from "../ui/format/format-time";
import { chooseTheme, onThemeChosen, readTheme } from "../ui/theme/theme";

type Profile = Pick<Me["user"], "theme" | "timeZone">;

/** Shows pages and times as their reader wants them on every browser, and keeps a theme that is chosen on this one. */
export function ProfileKeeper({ theme, timeZone, isDemo }: Profile & { isDemo: boolean }) {
	// Before anything below is drawn. On the server pages of many readers are drawn by turns, in no time zone of theirs.
	if (typeof window !== "undefined") showTimesIn(timeZone);
	const trpc = useTRPC();
	const { mutate: save } = useMutation(trpc.account.updateProfile.mutationOptions());
	useEffect(() => {
		if (theme !== null && theme !== readTheme()) chooseTheme(theme);
	}, [theme]);
	useEffect(() => (isDemo ? undefined : onThemeChosen((chosen) => save({ theme: chosen }))), [isDemo, save]);
	return null;
}
