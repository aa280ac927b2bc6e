"use client";

import { useMutation } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { checkDraft, type FormDraft, type FormErrors, readDraft, startDraft } from "@/components/ui/form-draft";
import { FormFields } from "@/components/ui/form-fields";
import type { RunEventData } from "@/server/runs/events";
import type { StepState } from "@/server/runs/state";
import { useInspector } from "../inspector-context";

interface TryApprovalProps {
	runId: string;
	step: StepState;
	wait: Extract<RunEventData<"step.waiting">, { for: "approval" }>;
}

/** The question of an approval that is being tried, as it will be asked in a run. */
export function TryApproval({ runId, step, wait }: TryApprovalProps) {
	const { team } = useInspector();
	const trpc = useTRPC();
	const [draft, setDraft] = useState<FormDraft>(() => startDraft(wait.fields));
	const [errors, setErrors] = useState<FormErrors>({});
	const decide = useMutation({ ...trpc.runs.decide.mutationOptions(), meta: { ownError: true } });
	const send = (decision: "approved" | "declined") => {
		const read =
			decision === "approved" ? checkDraft(wait.fields, draft) : { ...readDraft(wait.fields, draft), errors: {} };
		setErrors(read.errors);
		if (Object.keys(read.errors).length > 0) return;
		const { nodeId, iteration } = step;
		decide.mutate({ team, runId, nodeId, iteration, decision, values: read.values });
	};
	return (
		<div className="mx-4 grid gap-3 rounded-3 border border-line p-3">
			<p className="whitespace-pre-wrap break-words">{wait.message}</p>
			<FormFields
				fields={wait.fields}
				draft={draft}
				errors={errors}
				onChange={(name, value) => setDraft((before) => ({ ...before, [name]: value }))}
			/>
			{decide.error && <FieldError>{errorText(decide.error)}</FieldError>}
			<div className="flex gap-2">
				<Button intent="tonal" size="form" busy={decide.isPending} onClick={() => send("approved")}>
					<Check />
					Approve
				</Button>
				<Button size="form" disabled={decide.isPending} onClick={() => send("declined")}>
					<X />
					Decline
				</Button>
			</div>
		</div>
	);
}
