"use client";

import { Coins, Play } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useState } from "react";
import type { FormField } from "@/server/plan/form-field";
import type { JsonObject } from "@/server/plan/values/json";
import { useWhyNot } from "../../shell/why-not";
import { errorText } from "../../trpc/error-text";
import { Dialog } from "../../ui/dialog";
import { formatMoment } from "../../ui/format/format-time";
import { Field, FieldError } from "../../ui/forms/field";
import { checkDraft, type FormDraft, type FormErrors, startDraft } from "../../ui/forms/form-draft";
import { FormFields } from "../../ui/forms/form-fields";
import { Select } from "../../ui/forms/select";
import { SubmitButtons } from "../../ui/forms/submit-buttons";
import { useModKey } from "../../ui/hooks/use-mod-key";
import { Kbd } from "../../ui/kbd";
import { type Estimate, formatEstimate } from "./format-estimate";
import { useStartRun } from "./use-start-run";

interface RunDialogProps {
	team: string;
	slug: string;
	name: string;
	inputs: readonly FormField[];
	/** What was given last time, instead of the defaults. */
	values?: JsonObject;
	estimate?: Estimate | null;
	open: boolean;
	onOpenChange: (open: boolean) => void;
}

/** What starts the run that a form asks for. */
export interface RunStarter {
	/** @param key the trigger with whose pinned event it begins */
	start: (input: JsonObject, key?: string) => void;
	busy: boolean;
	error: unknown;
	/** Forgets the error, once something else was typed. */
	reset: () => void;
}

/** Asks for a workflow's inputs and starts it. */
export function RunDialog({ team, slug, ...rest }: RunDialogProps) {
	const run = useStartRun({ team, slug, ownError: true });
	return <StartDialog verb="Run" run={run} whyNot={useWhyNot("run:start")} {...rest} />;
}

interface StartDialogProps extends Omit<RunDialogProps, "team" | "slug"> {
	/** `Run`, or `Test` for what is not published. */
	verb: string;
	run: RunStarter;
	/** Why the viewer may not start it, if so. */
	whyNot: ReactNode | undefined;
	/** The triggers with whose pinned event it may begin, the first unless another is chosen. */
	begins?: readonly Begin[];
}

export interface Begin {
	/** The trigger's id. */
	key: string;
	receivedAt: Date;
}

/** The form of a workflow's inputs, with what it starts. */
export function StartDialog(props: StartDialogProps) {
	const { verb, run, whyNot, name, inputs, values, estimate, open, onOpenChange, begins = [] } = props;
	const formId = useId();
	const modKey = useModKey();
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			title={`${verb} ${name}`}
			foot={
				<>
					{estimate && (
						<span className="flex min-w-0 items-center gap-2 text-12 text-ink-2 tabular-nums phone:basis-full">
							<Coins aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
							<span className="truncate">{formatEstimate(estimate)}</span>
						</span>
					)}
					<SubmitButtons form={formId} busy={run.busy} whyNot={whyNot} wide onCancel={() => onOpenChange(false)}>
						<Play />
						{verb}
						<Kbd onAccent className="-mr-1">
							{modKey}↵
						</Kbd>
					</SubmitButtons>
				</>
			}
		>
			<RunForm id={formId} {...{ inputs, values, run, begins }} isPossible={whyNot === undefined} />
		</Dialog>
	);
}

interface RunFormProps {
	id: string;
	inputs: readonly FormField[];
	values: JsonObject | undefined;
	run: RunStarter;
	begins: readonly Begin[];
	isPossible: boolean;
}

const BY_HAND = "by hand";

function RunForm({ id, inputs, values, run, begins, isPossible }: RunFormProps) {
	const [begin, setBegin] = useState(begins[0]?.key ?? BY_HAND);
	const isByHand = begin === BY_HAND;
	const [draft, setDraft] = useState<FormDraft>(() => startDraft(inputs, values));
	const [errors, setErrors] = useState<FormErrors>({});
	const change = (field: string, value: FormDraft[string]) => {
		setDraft((before) => ({ ...before, [field]: value }));
		setErrors(({ [field]: _settled, ...others }) => others);
		run.reset();
	};
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (!isByHand) {
			if (isPossible) run.start({}, begin);
			return;
		}
		const checked = checkDraft(inputs, draft);
		setErrors(checked.errors);
		if (Object.keys(checked.errors).length === 0 && isPossible) run.start(checked.values);
	};
	const submitByKey = (event: KeyboardEvent<HTMLFormElement>) => {
		if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
		event.preventDefault();
		event.currentTarget.requestSubmit();
	};
	return (
		<form id={id} noValidate onSubmit={submit} onKeyDown={submitByKey} className="grid gap-3">
			{begins.length > 0 && (
				<BeginField
					begins={begins}
					value={begin}
					onChange={(chosen) => {
						setBegin(chosen);
						run.reset();
					}}
				/>
			)}
			{isByHand && inputs.length === 0 && <p className="text-ink-2">This workflow has no inputs. It starts at once.</p>}
			{isByHand && <FormFields fields={inputs} draft={draft} errors={errors} onChange={change} />}
			{run.error !== null && <FieldError>{errorText(run.error)}</FieldError>}
		</form>
	);
}

interface BeginFieldProps {
	begins: readonly Begin[];
	value: string;
	onChange: (value: string) => void;
}

/** By what a test begins: an event that is pinned to one of the triggers, or by hand. */
function BeginField({ begins, value, onChange }: BeginFieldProps) {
	const pinned = begins.map(({ key, receivedAt }) => ({
		value: key,
		label: `${key}, pinned ${formatMoment(receivedAt)}`,
	}));
	const help = value === BY_HAND ? undefined : "As if it came now. The trigger fills in the inputs.";
	return (
		<Field label="Begins with" help={help}>
			{(control) => (
				<Select
					{...control}
					value={value}
					options={[...pinned, { value: BY_HAND, label: "Nothing: by hand" }]}
					onChange={onChange}
				/>
			)}
		</Field>
	);
}
