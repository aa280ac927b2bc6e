"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { TriggerCause } from "@/components/canvas/drawing/describe-trigger";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import { PhoneRunHead } from "@/components/runs/phone/phone-run-head";
import { RunPhone } from "@/components/runs/phone/run-phone";
import { RunDesktop } from "@/components/runs/run-desktop";
import { type RunSource, useRunScreen } from "@/components/runs/use-run-screen";
import { createQueryClient } from "@/components/trpc/query-client";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { IconButton } from "@/components/ui/icon-button";
import { StatusPill } from "@/components/ui/run-state/state-icon";
import type { Shared } from "./share-client";
import { SharedBar, SharedBy } from "./shared-bar";

interface SharedRunScreenProps {
	source: RunSource;
	run: Shared["run"];
	token: string;
	cause: TriggerCause;
	/** Called when it is there. */
	onShown: () => void;
}

const NOTHING = () => undefined;

/** The run page, for whoever has the link: the same canvas, timeline and steps, and nothing to press that changes them. */
export function SharedRunScreen({ source, run, token, cause, onShown }: SharedRunScreenProps) {
	const [queryClient] = useState(() =>
		createQueryClient({ onSessionEnded: NOTHING, onWaiting: NOTHING, onError: NOTHING }),
	);
	const drawing = useMemo(() => drawPlan(run.plan), [run.plan]);
	const screen = {
		...useRunScreen({ source, run, drawing, cause }),
		download: <DownloadFilm token={token} />,
	};
	const isPhone = useIsPhone();
	useEffect(onShown, [onShown]);
	return (
		<QueryClientProvider client={queryClient}>
			{isPhone ? (
				<RunPhone
					screen={screen}
					head={<PhoneRunHead screen={screen} />}
					actions={<SharedBy run={run} token={token} />}
				/>
			) : (
				<RunDesktop
					screen={screen}
					bar={<SharedBar run={run} token={token} status={<StatusPill state={screen.look} />} />}
				/>
			)}
		</QueryClientProvider>
	);
}

/** The link shows what is in it: there is nothing to choose. */
function DownloadFilm({ token }: { token: string }) {
	return (
		<IconButton label="Download the film" asChild>
			<a href={`/share/${token}/film`} download>
				<Download aria-hidden="true" />
			</a>
		</IconButton>
	);
}
