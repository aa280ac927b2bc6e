"use client";

import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { RunPhone } from "./phone/run-phone";
import { RunDesktop } from "./run-desktop";
import { type RunFactsData, useRunScreen } from "./use-run-screen";

interface RunScreenViewProps {
	team: string;
	run: RunFactsData;
}

/** One run, two layouts; what is known of it survives turning the phone. */
export function RunScreenView({ team, run }: RunScreenViewProps) {
	const screen = useRunScreen(team, run);
	return useIsPhone() ? <RunPhone screen={screen} /> : <RunDesktop screen={screen} />;
}
