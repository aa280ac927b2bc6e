"use client";

import { Check, X } from "lucide-react";
import { useDecision } from "@/components/runs/step/step-approval";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/forms/field";
import { FormFields } from "@/components/ui/forms/form-fields";
import type { RunEventData } from "@/server/runs/events";
import type { StepState } from "@/server/runs/state";
import { useInspector } from "../inspector-context";

interface TryApprovalProps {
	runId: string;
	step: StepState;
	wait: Extract<RunEventData<"step.waiting">, { for: "approval" }>;
}

/** The question of an approval that is being tried, as it will be asked in a run. Nothing is lost by declining here. */
export function TryApproval({ runId, step, wait }: TryApprovalProps) {
	const { team } = useInspector();
	const { draft, errors, change, send, busy, sent, error } = useDecision({ team, runId }, step, wait);
	return (
		<div className="mx-4 grid gap-3 rounded-3 border border-line p-3">
			<p className="whitespace-pre-wrap break-words">{wait.message}</p>
			<FormFields fields={wait.fields} draft={draft} errors={errors} onChange={change} disabled={busy} />
			{error && <FieldError>{errorText(error)}</FieldError>}
			<div className="flex gap-2">
				<Button
					intent="tonal"
					size="form"
					busy={busy && sent === null}
					disabled={busy}
					onClick={() => send("approved")}
				>
					<Check />
					Approve
				</Button>
				<Button size="form" disabled={busy} onClick={() => send("declined")}>
					<X />
					Decline
				</Button>
			</div>
		</div>
	);
}
