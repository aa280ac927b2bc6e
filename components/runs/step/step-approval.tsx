"use client";

import { useMutation } from "@tanstack/react-query";
import { Check, Send, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useViewer } from "@/components/shell/viewer-context";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatClock, formatMoment, formatRelative } from "@/components/ui/format/format-time";
import { FieldError } from "@/components/ui/forms/field";
import { checkDraft, type FormDraft, type FormErrors, readDraft, startDraft } from "@/components/ui/forms/form-draft";
import { FormFields } from "@/components/ui/forms/form-fields";
import { GuardedButton } from "@/components/ui/guarded";
import { useNow } from "@/components/ui/hooks/use-now";
import type { StepState } from "@/server/runs/state";
import { explainNotAsked, mayDecide } from "@/server/teams/permissions";
import type { TeamRunScreen } from "../use-run-screen";
import { decisionWords } from "./decision-words";
import type { Wait } from "./step-decision";

/** The form of a decision and what sends it. */
export function useDecision(
	{ team, runId }: { team: string; runId: string },
	step: Pick<StepState, "nodeId" | "iteration">,
	wait: Wait,
) {
	const trpc = useTRPC();
	const [draft, setDraft] = useState<FormDraft>(() => startDraft(wait.fields));
	const [errors, setErrors] = useState<FormErrors>({});
	const decide = useMutation({ ...trpc.runs.decide.mutationOptions(), meta: { ownError: true } });
	const send = (decision: "approved" | "declined", given = draft) => {
		// A refusal needs no answers: it takes those that can be read.
		const read =
			decision === "approved" ? checkDraft(wait.fields, given) : { ...readDraft(wait.fields, given), errors: {} };
		setErrors(read.errors);
		if (Object.keys(read.errors).length > 0) return;
		const { nodeId, iteration } = step;
		const { question } = wait;
		decide.mutate({ team, runId, nodeId, iteration, decision, values: read.values, question });
	};
	const change = (name: string, value: FormDraft[string]) => {
		setDraft((before) => ({ ...before, [name]: value }));
		setErrors(({ [name]: _settled, ...others }) => others);
	};
	const sent = decide.isSuccess ? decide.variables.decision : null;
	const whyNot = useWhyNotDecide(wait);
	const busy = decide.isPending || sent !== null;
	return { words: decisionWords(wait), whyNot, draft, errors, change, send, busy, sent, error: decide.error };
}
export type Decision = ReturnType<typeof useDecision>;

/** Why the viewer may not decide this; undefined when they may. */
function useWhyNotDecide({ approvers }: Wait): ReactNode | undefined {
	const { user, team } = useViewer();
	const whyNot = useWhyNot("run:decide");
	const by = { ...user, role: team.role };
	return whyNot ?? (mayDecide(approvers, by) ? undefined : explainNotAsked(approvers, by));
}

interface ApprovalFormProps {
	step: StepState;
	wait: Wait;
	decision: Decision;
	/** The message stands above it already. */
	titled?: boolean;
	/** Between the question and its form. */
	children?: ReactNode;
}

/** What is asked, since when and until when, and the form. */
export function ApprovalQuestion({ step, wait, decision, titled, children }: ApprovalFormProps) {
	const now = useNow(10_000);
	return (
		<div className="grid gap-3">
			<p className="text-12 text-ink-3">
				Asked {formatRelative(step.turns?.at(-1)?.at ?? step.startedAt ?? now, now)}.{" "}
				{wait.until !== undefined && (
					<span title={formatMoment(wait.until)}>Open until {formatClock(wait.until)}.</span>
				)}
			</p>
			{!titled && <p className="whitespace-pre-wrap break-words">{wait.message}</p>}
			{children}
			<MayDecide approvers={wait.approvers} whyNot={decision.whyNot} />
			{wait.fields.length > 0 && (
				<FormFields
					fields={wait.fields}
					draft={decision.draft}
					errors={decision.errors}
					onChange={decision.change}
					disabled={decision.busy || decision.whyNot !== undefined}
				/>
			)}
			{decision.error && <FieldError>{errorText(decision.error)}</FieldError>}
			{decision.sent && (
				<p role="status" className="text-12 text-ink-2">
					{decision.words[decision.sent]}
				</p>
			)}
		</div>
	);
}

function MayDecide({ approvers, whyNot }: { approvers: readonly string[]; whyNot: ReactNode | undefined }) {
	if (approvers.length === 0) return null;
	return <p className="break-words text-12 text-ink-3">{whyNot ?? `May decide: ${approvers.join(", ")}`}</p>;
}

/** Approve goes at once; Decline asks first, because a run may end by it. */
export function DecisionButtons({ decision, large }: { decision: Decision; large?: boolean }) {
	const [asking, setAsking] = useState(false);
	const size = large ? "large" : "form";
	const { approve, decline, confirm, declinesFreely } = decision.words;
	return (
		<>
			<GuardedButton
				intent={declinesFreely ? "secondary" : "danger"}
				size={size}
				className={declinesFreely ? undefined : "flex-1"}
				whyNot={decision.whyNot}
				disabled={decision.busy}
				onClick={() => (confirm ? setAsking(true) : decision.send("declined"))}
			>
				{!declinesFreely && <X />}
				{decline}
			</GuardedButton>
			<GuardedButton
				intent="primary"
				size={size}
				className="flex-1"
				whyNot={decision.whyNot}
				busy={decision.busy && decision.sent === null}
				disabled={decision.busy}
				onClick={() => decision.send("approved")}
			>
				{declinesFreely ? <Send /> : <Check />}
				{approve}
			</GuardedButton>
			<ConfirmDialog
				open={asking}
				onOpenChange={setAsking}
				title={confirm?.title ?? ""}
				action={decline}
				danger
				onConfirm={() => {
					setAsking(false);
					decision.send("declined");
				}}
			>
				{confirm?.text}
			</ConfirmDialog>
		</>
	);
}

interface StepApprovalProps {
	screen: TeamRunScreen;
	step: StepState;
	wait: Wait;
}

export function StepApproval({ screen, step, wait }: StepApprovalProps) {
	const decision = useDecision({ team: screen.team, runId: screen.run.id }, step, wait);
	return (
		<div className="grid gap-3 px-4 pb-4">
			<ApprovalQuestion step={step} wait={wait} decision={decision} />
			<div className="flex gap-2">
				<DecisionButtons decision={decision} />
			</div>
		</div>
	);
}
