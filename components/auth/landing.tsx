import { History, Play, ScrollText, ShieldCheck } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { CANVAS_DOTS } from "../canvas/picture/canvas-dots";
import { Button } from "../ui/button";
import { Brand } from "../ui/mark";
import { StatusPill } from "../ui/run-state/state-icon";
import type { AuthAction } from "./actions";
import { DemoButton } from "./demo-card";
import { createAccountPath, signInPath } from "./return-path";
import { PICTURE_BOUNDS, RunPicture } from "./run-picture";

/** The drawing is this wide on the page. */
const PICTURE_WIDTH = 780;

interface LandingProps {
	/** Left out where there is no demo user. */
	tryDemo?: AuthAction;
	/** Whether accounts are made here. */
	canSignUp: boolean;
}

/** What Weft is, for somebody who has not signed in. */
export function Landing({ tryDemo, canSignUp }: LandingProps) {
	return (
		<div className="grid min-h-dvh grid-rows-[64px_1fr]">
			<header className="flex items-center px-16 max-lg:px-8 phone:px-4 phone:[&>a]:px-1">
				<Brand />
				<Button asChild intent="ghost" size="form" className="ml-auto">
					<Link href="/templates">Templates</Link>
				</Button>
				<Button asChild intent="ghost" size="form">
					<Link href={signInPath("/")}>Sign in</Link>
				</Button>
				{canSignUp && (
					<Button asChild size="form" className="ml-1 phone:ml-0">
						<Link href={createAccountPath("/")}>Create account</Link>
					</Button>
				)}
			</header>
			<main className="mx-auto grid w-full max-w-[1440px] grid-cols-[424px_minmax(0,1fr)] items-center gap-12 px-16 pb-11 max-xl:grid-cols-1 max-xl:justify-items-center max-lg:px-8 phone:gap-8 phone:px-4 phone:pb-8">
				<Pitch tryDemo={tryDemo} canSignUp={canSignUp} />
				<PictureCard />
			</main>
		</div>
	);
}

function Pitch({ tryDemo, canSignUp }: LandingProps) {
	return (
		<div className="grid max-w-[424px] gap-5">
			<h1 className="text-40 tracking-[-0.024em]">
				Draw the workflow.
				<br />
				It finishes.
			</h1>
			<p className="text-15 text-ink-2 leading-6">
				Weft turns a drawing into a durable run: commands, requests, prompts and approvals. Each step is recorded the
				moment it completes, so a crash, a restart or a closed laptop loses nothing.
			</p>
			<div className="mt-1 mb-3 flex items-center gap-3">
				{tryDemo ? (
					<>
						<DemoButton action={tryDemo} returnTo="/" intent="primary" size="large">
							<Play />
							Try the demo
						</DemoButton>
						<span className="text-12 text-ink-3">
							No account, no key.
							<br />
							Your first run in under a minute.
						</span>
					</>
				) : (
					<Button asChild intent="primary" size="large">
						{canSignUp ? (
							<Link href={createAccountPath("/")}>Create account</Link>
						) : (
							<Link href={signInPath("/")}>Sign in</Link>
						)}
					</Button>
				)}
			</div>
			<div className="grid gap-3.5 border-line border-t pt-5">
				<Claim icon={<ShieldCheck />} title="Checked before it runs">
					Types, references and cycles are checked before a workflow may start.
				</Claim>
				<Claim icon={<History />} title="No step runs twice">
					Kill the worker in the middle: the run goes on from the last recorded step.
				</Claim>
				<Claim icon={<ScrollText />} title="Every step is on record">
					Attempts, input, output and logs, while it runs and afterwards.
				</Claim>
			</div>
		</div>
	);
}

function Claim({ icon, title, children }: { icon: ReactNode; title: string; children: string }) {
	return (
		<div className="flex items-start gap-3 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-accent">
			{icon}
			<div>
				<h2 className="font-medium text-13">{title}</h2>
				<p className="text-ink-2">{children}</p>
			</div>
		</div>
	);
}

function PictureCard() {
	return (
		<div className="w-full max-w-[840px] overflow-hidden rounded-4 border border-line bg-panel shadow-2 phone:hidden">
			<div className="flex h-11 items-center gap-2 border-line border-b px-4">
				<span className="font-semibold">Release to production</span>
				<StatusPill state="running" />
				<span className="ml-auto text-12 text-ink-3 tabular-nums">2 m 04 s</span>
			</div>
			<div data-run className="weft-canvas grid place-items-center py-10" style={CANVAS_DOTS}>
				<RunPicture scale={PICTURE_WIDTH / PICTURE_BOUNDS.width} />
			</div>
		</div>
	);
}
