"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { SubmitButtons } from "@/components/ui/forms/submit-buttons";
import { showDone } from "@/components/ui/toasts/toaster";
import { countOf } from "@/server/nodes/summary-text";
import { listTimes } from "@/server/triggers/schedule/times/list-times";
import { useInspector } from "../../inspector-context";
import type { Registered } from "./use-registered";

/** As the server takes at most. */
const MOST = 100;

interface BackfillDialogProps {
	id: string;
	/** As it is published. */
	schedule: Registered["config"];
	onClose: () => void;
}

/** Starts the runs of times that have passed. */
export function BackfillDialog({ id, schedule, onClose }: BackfillDialogProps) {
	const [[from, to], setRange] = useState(lastDay);
	const { team, slug } = useInspector();
	const formId = useId();
	const fill = useBackfill(onClose);
	const count = countTimes(schedule, from, to);
	const isRight = count > 0 && count <= MOST;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
		if (isRight) fill.mutate({ team, slug, key: id, ...range });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Run earlier times"
			description="Each time of the schedule in this range gets its run, unless it has had one."
			foot={
				<SubmitButtons form={formId} busy={fill.isPending} disabled={!isRight} onCancel={onClose}>
					{isRight ? `Start ${countOf(count, "run")}` : "Start runs"}
				</SubmitButtons>
			}
		>
			<form id={formId} onSubmit={submit} className="grid gap-3">
				<Moment label="From" value={from} onChange={(value) => setRange([value, to])} />
				<Moment label="To" value={to} onChange={(value) => setRange([from, value])} />
				<p aria-live="polite" className="text-12 text-ink-3">
					{explainCount(count)}
				</p>
				{fill.error && (
					<div role="alert">
						<FieldError>{errorText(fill.error)}</FieldError>
					</div>
				)}
			</form>
		</Dialog>
	);
}

function Moment({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
	return (
		<Field label={label}>
			{(control) => (
				<Input {...control} type="datetime-local" value={value} onChange={({ target }) => onChange(target.value)} />
			)}
		</Field>
	);
}

function useBackfill(onDone: () => void) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		...trpc.triggers.backfill.mutationOptions(),
		meta: { ownError: true },
		onSuccess: async ({ started, kept }) => {
			showDone(
				`${countOf(started, "run")} started`,
				kept > 0 ? `${countOf(kept, "time")} had their run already.` : undefined,
			);
			onDone();
			await queries.invalidateQueries(trpc.triggers.deliveries.queryFilter());
		},
	});
}

function explainCount(count: number): string {
	if (count === 0) return "The schedule has no time in this range that has passed.";
	if (count > MOST) return `More than ${MOST} times are in this range. Choose a shorter one.`;
	return `${countOf(count, "time")} of the schedule ${count === 1 ? "is" : "are"} in this range.`;
}

function countTimes(schedule: Registered["config"], from: string, to: string): number {
	const [after, until] = [Date.parse(from) - 1, Math.min(Date.parse(to), Date.now())];
	if (schedule.type !== "schedule" || Number.isNaN(after) || Number.isNaN(until)) return 0;
	return listTimes(schedule, { after, until, limit: MOST + 1 }).length;
}

/** The last 24 hours, as such fields write moments: in the browser’s time zone, without it. */
function lastDay(): [from: string, to: string] {
	return [localText(Date.now() - 86_400_000), localText(Date.now())];
}

function localText(at: number): string {
	return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
