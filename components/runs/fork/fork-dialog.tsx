"use client";

import { useQuery } from "@tanstack/react-query";
import { Split } from "lucide-react";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { Dialog } from "@/components/ui/dialog";
import { ErrorRow } from "@/components/ui/error-row";
import { Field, FieldError } from "@/components/ui/forms/field";
import { Input, Textarea } from "@/components/ui/forms/input";
import { SubmitButtons } from "@/components/ui/forms/submit-buttons";
import { Skeleton } from "@/components/ui/skeleton";
import type { StepState } from "@/server/runs/state";
import type { TeamRunScreen } from "../use-run-screen";
import { type ForkChange, useFork } from "./use-fork";

interface ForkDialogProps {
	screen: TeamRunScreen;
	step: StepState;
	turn: number;
	/** Why the viewer may not fork, if so. */
	whyNot: ReactNode | undefined;
	onClose: () => void;
}

/** Asks what is to be different from a turn on, and starts the run that goes on from there. */
export function ForkDialog({ screen, step, turn, whyNot, onClose }: ForkDialogProps) {
	const trpc = useTRPC();
	const formId = useId();
	const place = { team: screen.team, runId: screen.run.id, nodeId: step.nodeId, iteration: step.iteration, turn };
	const known = useQuery(trpc.runs.turn.queryOptions(place, { staleTime: 0 }));
	const fork = useFork(place, screen.run.workflow.slug);
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Fork from turn ${turn}`}
			description="A new run goes on from here. What had ended by then is taken over and costs nothing; this run stays as it is."
			foot={
				<SubmitButtons form={formId} busy={fork.busy} disabled={!known.data} whyNot={whyNot} wide onCancel={onClose}>
					<Split />
					Fork
				</SubmitButtons>
			}
		>
			{known.data && (
				<ForkForm
					id={formId}
					known={known.data}
					error={fork.error}
					onSubmit={(change) => !whyNot && fork.start(change)}
				/>
			)}
			{!known.data && !known.error && <Skeleton className="h-60 w-full" />}
			{!known.data && known.error && (
				<ErrorRow onRetry={() => void known.refetch()} busy={known.isFetching}>
					{errorText(known.error)}
				</ErrorRow>
			)}
		</Dialog>
	);
}

interface ForkFormProps {
	id: string;
	known: Outputs["runs"]["turn"];
	error: unknown;
	onSubmit: (change: ForkChange) => void;
}

const NO_FIELDS: Record<string, string> = { prompt: "", instructions: "", model: "" };

function ForkForm({ id, known, error, onSubmit }: ForkFormProps) {
	const before = { ...NO_FIELDS, ...known.fields };
	const [fields, setFields] = useState(before);
	const [results, setResults] = useState<Record<string, string>>({});
	const [message, setMessage] = useState("");
	const whyNotEdit = useWhyNot("workflow:edit");
	const edit = (name: string) => ({
		value: fields[name] ?? "",
		onChange: ({ target }: { target: { value: string } }) => setFields((now) => ({ ...now, [name]: target.value })),
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const changed = known.calls.filter((call) => (results[call.id] ?? call.result) !== call.result);
		onSubmit({
			results: Object.fromEntries(changed.map((call) => [call.id, results[call.id] ?? ""])),
			changes: Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== before[name])),
			message,
		});
	};
	return (
		<form id={id} noValidate onSubmit={submit} className="grid gap-3">
			{known.calls.map((call) => (
				<Field
					key={call.id}
					label={`Result of ${call.tool}`}
					help={
						call.asksPeople
							? "People answer this themselves. Without any changed result this turn is taken anew, and they are asked again."
							: "Changed: this turn stays, and the next is taken anew. The new run marks it as edited."
					}
				>
					{(control) => (
						<Textarea
							{...control}
							className="font-mono text-12"
							rows={4}
							maxLength={41_000}
							disabled={call.asksPeople}
							value={results[call.id] ?? call.result ?? ""}
							placeholder={call.result === undefined ? "It has none yet." : ""}
							onChange={({ target }) => setResults((now) => ({ ...now, [call.id]: target.value }))}
						/>
					)}
				</Field>
			))}
			<Field label="Tell it" hint="optional" help="It reads this before it goes on.">
				{(control) => (
					<Textarea {...control} rows={2} value={message} onChange={({ target }) => setMessage(target.value)} />
				)}
			</Field>
			<Field label="Task" help={whyNotEdit ?? "Taken as it is written here, without references."}>
				{(control) => <Textarea {...control} rows={4} disabled={whyNotEdit !== undefined} {...edit("prompt")} />}
			</Field>
			<Field label="Instructions" help={whyNotEdit}>
				{(control) => <Textarea {...control} rows={2} disabled={whyNotEdit !== undefined} {...edit("instructions")} />}
			</Field>
			<Field label="Model" help={whyNotEdit ?? "Empty: the default of its provider."}>
				{(control) => <Input {...control} disabled={whyNotEdit !== undefined} {...edit("model")} />}
			</Field>
			<p className="text-12 text-ink-3">
				Where no result is changed, this turn itself is taken anew. The new run’s workspace is empty: files that were
				written there before are not taken over.
			</p>
			{error !== null && <FieldError>{errorText(error)}</FieldError>}
		</form>
	);
}
