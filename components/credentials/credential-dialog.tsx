"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { CREDENTIAL_TYPES, type CredentialType, credentialDefinition } from "@/server/credentials/catalog";
import { fieldsOf } from "@/server/credentials/credential-definition";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { Select } from "../ui/forms/select";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { Switch } from "../ui/forms/toggles";
import { showDone } from "../ui/toasts/toaster";
import { type CredentialDraft, checkCredential } from "./check-credential";
import { CredentialFields } from "./credential-fields";
import { CredentialIcon } from "./credential-icon";

interface CredentialDialogProps {
	team: string;
	/** The credential whose values are replaced; a new one when left out. */
	replaced?: { name: string; type: CredentialType; isPersonal: boolean };
	/** The types that a new one may have. */
	types?: readonly CredentialType[];
	/** Those that are there: their names are taken. */
	others: readonly { name: string; isPersonal: boolean }[];
	/** Why the team's cannot be added to, if so. */
	refusal: string | null;
	/** What stands in the form at first. */
	given?: CredentialDraft;
	onSaved?: (saved: SavedCredential) => void;
	onClose: () => void;
}

export interface SavedCredential {
	name: string;
	type: CredentialType;
	/** What references to it may read: `NAME`, `NAME.part`. */
	references: readonly string[];
}

/** Adds a credential, or replaces the values of one. */
export function CredentialDialog(props: CredentialDialogProps) {
	const { team, replaced, types = CREDENTIAL_TYPES, given = {}, others, refusal, onSaved, onClose } = props;
	const [name, setName] = useState(replaced?.name ?? "");
	const [type, setType] = useState<CredentialType>(replaced?.type ?? types[0] ?? "token");
	const [personal, setPersonal] = useState(replaced?.isPersonal ?? refusal !== null);
	const [draft, setDraft] = useState<CredentialDraft>(given);
	const [isChecked, setChecked] = useState(false);
	const formId = useId();
	const taken = others.flatMap((other) => (!replaced && other.isPersonal === personal ? other.name : []));
	const { values, problems, nameProblem } = checkCredential({ name, type, draft, taken });
	const isWrong = nameProblem !== undefined || Object.keys(problems).length > 0;
	const saving = useSetCredential(team, (references) => {
		onSaved?.({ name, type, references });
		onClose();
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		// The dialog may stand inside another form of the page.
		event.stopPropagation();
		setChecked(true);
		if (!isWrong) saving.mutate({ team, name, type, values, personal });
	};
	const choose = (chosen: CredentialType) => {
		setType(chosen);
		setDraft({});
		setChecked(false);
	};
	const definition = credentialDefinition(type);
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={replaced ? `Replace ${replaced.name}` : "Add a credential"}
			description="It is encrypted before it is stored, and nobody can read it back, you included."
			foot={
				<SubmitButtons form={formId} busy={saving.isPending} onCancel={onClose}>
					{replaced ? "Replace" : "Add"}
				</SubmitButtons>
			}
		>
			<form id={formId} noValidate onSubmit={submit} className="grid gap-3">
				{!replaced && (
					<>
						<NameField
							name={name}
							part={definition.firstPart}
							error={isChecked ? nameProblem : undefined}
							onChange={setName}
						/>
						{types.length > 1 && <TypeField type={type} types={types} onChange={choose} />}
					</>
				)}
				<CredentialFields
					fields={fieldsOf(definition)}
					draft={draft}
					problems={isChecked ? problems : {}}
					onChange={setDraft}
				/>
				{!replaced && <OwnerField personal={personal} refusal={refusal} onChange={setPersonal} />}
				{saving.error && <FieldError>{errorText(saving.error)}</FieldError>}
			</form>
		</Dialog>
	);
}

interface NameFieldProps {
	name: string;
	/** The part that a step reads, where it reads parts alone. */
	part: string | undefined;
	error: string | undefined;
	onChange: (name: string) => void;
}

function NameField({ name, part, error, onChange }: NameFieldProps) {
	const reference = [name.trim() || "NAME", ...(part === undefined ? [] : [part])].join(".");
	return (
		<Field label="Name" help={`A step reads it as {{ secrets.${reference} }}.`} error={error} required>
			{(control) => (
				<Input
					{...control}
					value={name}
					maxLength={64}
					autoComplete="off"
					spellCheck={false}
					placeholder="DEPLOY_TOKEN"
					className="font-mono"
					onChange={(event) => onChange(event.target.value)}
				/>
			)}
		</Field>
	);
}

interface OwnerFieldProps {
	personal: boolean;
	refusal: string | null;
	onChange: (personal: boolean) => void;
}

function OwnerField({ personal, refusal, onChange }: OwnerFieldProps) {
	const id = useId();
	const help = "Where on, it is there in runs that you start alone, before the team’s of the same name.";
	return (
		<div className="flex items-center gap-3">
			<label htmlFor={id} className="min-w-0 flex-1">
				<span className="block font-medium">Only for me</span>
				<span className="block text-12 text-ink-3">{refusal ?? help}</span>
			</label>
			<Switch id={id} checked={personal} disabled={refusal !== null} onCheckedChange={onChange} />
		</div>
	);
}

interface TypeFieldProps {
	type: CredentialType;
	types: readonly CredentialType[];
	onChange: (type: CredentialType) => void;
}

function TypeField({ type, types, onChange }: TypeFieldProps) {
	const choose = (value: string) => {
		const chosen = types.find((each) => each === value);
		if (chosen !== undefined && chosen !== type) onChange(chosen);
	};
	const options = types.map((each) => ({
		value: each,
		label: (
			<span className="flex items-center gap-2">
				<CredentialIcon type={each} className="size-4 flex-none text-ink-3" />
				{credentialDefinition(each).title}
			</span>
		),
	}));
	return (
		<Field label="Kind" help={credentialDefinition(type).description}>
			{(control) => <Select {...control} value={type} options={options} onChange={choose} />}
		</Field>
	);
}

function useSetCredential(team: string, onSaved: (references: readonly string[]) => void) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		...trpc.credentials.set.mutationOptions(),
		meta: { ownError: true },
		onSuccess: async ({ warning, references }) => {
			showDone("The credential is saved", warning ?? undefined);
			await queries.invalidateQueries(trpc.credentials.list.queryFilter({ team }));
			onSaved(references);
		},
	});
}
