"use client";

import { CircleSlash, Pause, Play, RotateCw } from "lucide-react";
import { useState } from "react";
import { ShareButton } from "@/components/share/share-button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { GuardedButton } from "@/components/ui/guarded";
import { useRunActions } from "./use-run-actions";
import type { TeamRunScreen } from "./use-run-screen";

/** Pause, resume, cancel and run again: those that make sense now. */
export function RunActions({ screen }: { screen: TeamRunScreen }) {
	const { cancel, pause, resume, again } = useRunActions(screen);
	const [asking, setAsking] = useState(false);
	const isTest = screen.run.kind === "draft";
	return (
		<>
			<ShareButton screen={screen} />
			{pause && (
				<GuardedButton
					whyNot={pause.whyNot}
					hint="Running steps finish; nothing new starts until you resume"
					onClick={pause.go}
					busy={pause.busy}
				>
					<Pause />
					Pause
				</GuardedButton>
			)}
			{resume && (
				<GuardedButton whyNot={resume.whyNot} onClick={resume.go} busy={resume.busy}>
					<Play />
					Resume
				</GuardedButton>
			)}
			{cancel && (
				<GuardedButton intent="danger" whyNot={cancel.whyNot} onClick={() => setAsking(true)} busy={cancel.busy}>
					<CircleSlash />
					Cancel
				</GuardedButton>
			)}
			{again && (
				<>
					<GuardedButton
						whyNot={again.whyNot}
						hint={
							isTest
								? "Tests the draft as it is now"
								: "Starts a new run on the current version, with the same input or another"
						}
						onClick={again.go}
						busy={again.busy}
					>
						<RotateCw />
						{isTest ? "Test again" : "Run again"}
					</GuardedButton>
					{again.dialog}
				</>
			)}
			<ConfirmDialog
				open={asking && cancel !== null}
				onOpenChange={setAsking}
				title={`Cancel run ${screen.run.number}?`}
				action="Cancel the run"
				dismiss="Keep running"
				danger
				whyNot={cancel?.whyNot}
				onConfirm={() => {
					setAsking(false);
					cancel?.go();
				}}
			>
				Its processes are stopped at once. Steps that have ended keep their results.
			</ConfirmDialog>
		</>
	);
}
