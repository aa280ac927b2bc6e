"use client";

import { PanelRightClose } from "lucide-react";
import type { ReactNode } from "react";
import { RunFrame } from "@/components/runs/run-frame";
import { RunPanel } from "@/components/runs/run-panel";
import { Button } from "@/components/ui/button";
import { useIsAlive } from "@/components/ui/hooks/use-is-alive";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { ShownMoment } from "@/components/ui/hooks/use-now";
import { PanelSection } from "@/components/ui/panel-section";
import { StatusPill } from "@/components/ui/run-state/state-icon";
import { SharedBar, SharedBy } from "../shared-bar";
import type { SharedRunProps } from "../shared-run-props";
import { StillButton } from "./still-button";
import { StillCanvas } from "./still-canvas";
import { StillDetails } from "./still-details";
import { StillPhone } from "./still-phone";
import type { StillProps } from "./still-props";
import { withoutClocks } from "./without-clocks";

interface StillRunProps extends StillProps, Pick<SharedRunProps, "run" | "token" | "paintedAt" | "values"> {
	/** What is wanted is being loaded. */
	isBusy: boolean;
}

/**
 * A shared run to look at: the page of a run, live, of which the server paints the first state. It needs nothing of the
 * canvas's code, and hands over as soon as somebody wants more than to look.
 */
export function StillRun({ screen: shown, onUse, run, token, paintedAt, values, isBusy }: StillRunProps) {
	const isAlive = useIsAlive();
	const isPhone = useIsPhone();
	// The server knows neither the browser's clock nor how large its screen is.
	const screen = isAlive ? shown : { ...shown, view: withoutClocks(shown.view) };
	return (
		<ShownMoment value={isAlive ? null : paintedAt}>
			<div aria-busy={isBusy} className={isBusy ? "cursor-progress" : undefined}>
				{!(isAlive && isPhone) && (
					<div className="phone:hidden">
						<RunFrame
							screen={screen}
							bar={<SharedBar run={run} token={token} status={<StatusPill state={screen.look} />} />}
							canvas={<StillCanvas screen={screen} onUse={onUse} />}
							details={<StillDetails screen={screen} onUse={onUse} />}
							side={<StillSide screen={screen} onUse={onUse} values={values} files={run.files} />}
						/>
					</div>
				)}
				{!(isAlive && !isPhone) && (
					<div className="hidden phone:block">
						<StillPhone screen={screen} onUse={onUse} actions={<SharedBy run={run} token={token} />} />
					</div>
				)}
			</div>
		</ShownMoment>
	);
}

interface StillSideProps extends StillProps, Pick<StillRunProps, "values"> {
	/** How many there are. */
	files: number;
}

function StillSide({ screen, onUse, values, files }: StillSideProps) {
	return (
		<aside aria-label="Step" className="relative min-h-0 min-w-0 border-line border-l bg-panel">
			<div className="absolute top-4 -left-9 z-20">
				<StillButton label="Hide the step" size="panel" className="border border-line bg-panel shadow-1" onUse={onUse}>
					<PanelRightClose />
				</StillButton>
			</div>
			<RunPanel
				screen={screen}
				values={{
					input: values.input && <StillValue onUse={onUse}>{values.input}</StillValue>,
					output: values.output && <StillValue onUse={onUse}>{values.output}</StillValue>,
				}}
				files={files > 0 && <StillFiles count={files} onUse={onUse} />}
			/>
		</aside>
	);
}

/** They are listed once they are wanted. */
function StillFiles({ count, onUse }: Pick<StillProps, "onUse"> & { count: number }) {
	return (
		<PanelSection title="Files" end={String(count)}>
			<div className="px-4 pb-3">
				<Button onClick={() => onUse()}>Show the files</Button>
			</div>
		</PanelSection>
	);
}

function StillValue({ onUse, children }: Pick<StillProps, "onUse"> & { children: ReactNode }) {
	return <div onPointerDown={() => onUse()}>{children}</div>;
}
