"use client";

import { Split } from "lucide-react";
import { useState } from "react";
import { useWhyNot } from "@/components/shell/why-not";
import { GuardedButton } from "@/components/ui/guarded";
import type { StepState } from "@/server/runs/state";
import type { TeamRunScreen } from "../use-run-screen";
import { ForkDialog } from "./fork-dialog";

interface ForkButtonProps {
	screen: TeamRunScreen;
	step: StepState;
	/** From 1. */
	turn: number;
}

/** Goes on from a turn of an agent in a run of its own. */
export function ForkButton({ screen, step, turn }: ForkButtonProps) {
	const [open, setOpen] = useState(false);
	const whyNotRun = useWhyNot("run:start");
	const whyNotTest = useWhyNot("workflow:edit");
	const whyNot = screen.run.kind === "draft" ? whyNotTest : whyNotRun;
	return (
		<>
			<GuardedButton
				className="justify-self-start"
				whyNot={whyNot}
				hint="Change something at this turn, and go on from it as a new run"
				onClick={() => setOpen(true)}
			>
				<Split />
				Fork from here
			</GuardedButton>
			{open && <ForkDialog {...{ screen, step, turn, whyNot }} onClose={() => setOpen(false)} />}
		</>
	);
}
