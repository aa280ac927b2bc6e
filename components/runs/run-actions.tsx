"use client";

import { CircleSlash, Pause, Play, RotateCw } from "lucide-react";
import { useState } from "react";
import { ShareButton } from "@/components/share/share-button";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Tooltip } from "@/components/ui/tooltip";
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
				<Tooltip label="Running steps finish; nothing new starts until you resume">
					<Button onClick={pause.go} busy={pause.busy}>
						<Pause />
						Pause
					</Button>
				</Tooltip>
			)}
			{resume && (
				<Button onClick={resume.go} busy={resume.busy}>
					<Play />
					Resume
				</Button>
			)}
			{cancel && (
				<Button intent="danger" onClick={() => setAsking(true)} busy={cancel.busy}>
					<CircleSlash />
					Cancel
				</Button>
			)}
			{again && (
				<>
					<Tooltip
						label={
							isTest
								? "Tests the draft as it is now"
								: "Starts a new run on the current version, with the same input or another"
						}
					>
						<Button onClick={again.go} busy={again.busy}>
							<RotateCw />
							{isTest ? "Test again" : "Run again"}
						</Button>
					</Tooltip>
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
