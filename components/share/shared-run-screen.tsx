"use client";

import { PhoneRunHead } from "@/components/runs/phone/phone-head";
import { RunPhone } from "@/components/runs/phone/run-phone";
import { RunDesktop } from "@/components/runs/run-desktop";
import { type RunSource, useRunScreen } from "@/components/runs/use-run-screen";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { StatusPill } from "@/components/ui/run-state/state-icon";
import type { Shared } from "./share-client";
import { SharedBar, SharedBy } from "./shared-bar";

interface SharedRunScreenProps {
	source: RunSource;
	run: Shared["run"];
	token: string;
}

/** The run page, for whoever has the link: the same canvas, timeline and steps, and nothing to press that changes them. */
export function SharedRunScreen({ source, run, token }: SharedRunScreenProps) {
	const screen = useRunScreen(source, run);
	const isPhone = useIsPhone();
	if (!isPhone)
		return (
			<RunDesktop
				screen={screen}
				bar={<SharedBar run={run} token={token} status={<StatusPill state={screen.look} />} />}
			/>
		);
	return (
		<RunPhone
			screen={screen}
			head={<PhoneRunHead screen={screen}>{null}</PhoneRunHead>}
			actions={<SharedBy run={run} token={token} />}
		/>
	);
}
