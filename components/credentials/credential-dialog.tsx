"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { CREDENTIAL_TYPES, type CredentialType, credentialDefinition } from "@/server/credentials/catalog";
import { fieldsOf } from "@/server/credentials/credential-definition";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { GuardedSwitch } from "../ui/forms/guarded-switch";
import { Input } from "../ui/forms/input";
import { Select } from "../ui/forms/select";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { showDone } from "../ui/toasts/toaster";
import { type CredentialDraft, checkCredential } from "./check-credential";
import { CredentialFields } from "./credential-fields";
import { CredentialIcon } from "./credential-icon";
import { TestValues } from "./test-values";

interface CredentialDialogProps {
	team: string;
	/** The credential whose values are replaced; a new one when left out. */
	replaced?: { name: string; type: CredentialType; isPersonal: boolean };
	/** The types that a new one may have. */
	types?: readonly CredentialType[];
	/** Those that are there: their names are taken. */
	others: readonly { name: string; isPersonal: boolean }[];
	/** What stands in the form at first. */
	givenName?: string;
	given?: CredentialDraft;
	onSaved?: (saved: SavedCredential) => void;
	onClose: () => void;
}

export interface SavedCredential {
	name: string;
	type: CredentialType;
	/** What of it references may read: `""` is the whole. */
	parts: readonly string[];
	isPersonal: boolean;
}

/** Adds a credential, or replaces the values of one. */
export function CredentialDialog(props: CredentialDialogProps) {
	const { team, replaced, types = CREDENTIAL_TYPES, given = {}, others, onSaved, onClose } = props;
	const [name, setName] = useState(replaced?.name ?? props.givenName ?? "");
	const [type, setType] = useState<CredentialType>(replaced?.type ?? types[0] ?? "token");
	const [wantsPersonal, setPersonal] = useState(false);
	const whyNotTeam = useWhyNot("credential:manage");
	const whyNotOwn = useWhyNot("credential:own");
	const personal = replaced?.isPersonal ?? (wantsPersonal || whyNotTeam !== undefined);
	const whyNot = personal ? whyNotOwn : whyNotTeam;
	const [draft, setDraft] = useState<CredentialDraft>(given);
	const [isChecked, setChecked] = useState(false);
	const formId = useId();
	const taken = others.flatMap((other) => (!replaced && other.isPersonal === personal ? other.name : []));
	const { values, problems, nameProblem } = checkCredential({ name, type, draft, taken });
	const isWrong = nameProblem !== undefined || Object.keys(problems).length > 0;
	const saving = useSetCredential(team, (parts) => {
		onSaved?.({ name, type, parts, isPersonal: personal });
		onClose();
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		// The dialog may stand inside another form of the page.
		event.stopPropagation();
		setChecked(true);
		if (!isWrong && whyNot === undefined)
			saving.mutate({ team, name, type, values, personal, mode: replaced ? "any" : "new" });
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
			description="Values are stored encrypted. Nobody can read them back, not even you."
			foot={
				<SubmitButtons form={formId} busy={saving.isPending} whyNot={whyNot} onCancel={onClose}>
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
							error={isChecked || name !== "" ? nameProblem : undefined}
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
				{definition.testedBy && (
					<TestValues
						key={type}
						tried={{ team, type, values }}
						testedBy={definition.testedBy}
						isReady={Object.keys(problems).length === 0}
						onIncomplete={() => setChecked(true)}
					/>
				)}
				{!replaced && <OwnerField personal={personal} whyNot={whyNotTeam} onChange={setPersonal} />}
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
	/** Why it cannot be the team's, if so. */
	whyNot: ReactNode | undefined;
	onChange: (personal: boolean) => void;
}

function OwnerField({ personal, whyNot, onChange }: OwnerFieldProps) {
	const id = useId();
	const help = "Only runs that you start use it, instead of the team’s credential of the same name.";
	return (
		<div className="flex items-center gap-3">
			<label htmlFor={id} className="min-w-0 flex-1">
				<span className="block font-medium">Only for me</span>
				<span className="block text-12 text-ink-3">{whyNot ?? help}</span>
			</label>
			<GuardedSwitch id={id} checked={personal} whyNot={whyNot} onCheckedChange={onChange} />
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
		<Field label="Type" help={credentialDefinition(type).description}>
			{(control) => <Select {...control} value={type} options={options} onChange={choose} />}
		</Field>
	);
}

function useSetCredential(team: string, onSaved: (parts: readonly string[]) => void) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		...trpc.credentials.set.mutationOptions(),
		meta: { ownError: true },
		onSuccess: async ({ warning, parts }) => {
			showDone("The credential is saved", warning ?? undefined);
			await queries.invalidateQueries(trpc.credentials.list.queryFilter({ team }));
			onSaved(parts);
		},
		// Somebody else may have taken the name.
		onError: () => queries.invalidateQueries(trpc.credentials.list.queryFilter({ team })),
	});
}
