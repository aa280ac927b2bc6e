import Link from "next/link";
import type { ReactNode } from "react";
import { CANVAS_DOTS } from "../canvas/picture/canvas-dots";
import { Brand } from "../ui/mark";
import { StateIcon } from "../ui/run-state/state-icon";
import { RunPicture } from "./run-picture";

/** The form at the left; beside it, where there is room, what waits behind it. */
export function AuthPage({ children }: { children: ReactNode }) {
	return (
		<div className="grid min-h-dvh grid-cols-[560px_minmax(0,1fr)] max-lg:grid-cols-1">
			<main className="grid grid-rows-[64px_1fr_48px] border-line border-r bg-page px-20 max-lg:justify-center max-lg:border-r-0 max-lg:[grid-template-columns:minmax(0,400px)] phone:px-4 phone:[grid-template-columns:minmax(0,1fr)]">
				<Link
					href="/"
					aria-label="Weft"
					className="flex items-center self-center justify-self-start rounded-2 phone:min-h-11"
				>
					<Brand />
				</Link>
				<div className="self-center py-6">{children}</div>
			</main>
			<aside aria-label="A run of Weft" data-run className="weft-canvas max-lg:hidden" style={CANVAS_DOTS}>
				<div className="absolute inset-0 flex items-center pl-11">
					<RunPicture scale={0.8} />
				</div>
				<span className="absolute bottom-8 left-11 flex items-center gap-1.5 text-12 text-ink-2">
					<StateIcon state="running" label="" />
					Release to production, while it runs
				</span>
			</aside>
		</div>
	);
}
