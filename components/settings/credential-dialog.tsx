"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { Input, Textarea } from "../ui/forms/input";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { showDone } from "../ui/toasts/toaster";
import { type CredentialErrors, checkCredential } from "./check-credential";

interface CredentialDialogProps {
	team: string;
	/** The credential whose value is replaced; a new one when left out. */
	name?: string;
	/** The names that are already used. */
	taken: readonly string[];
	onClose: () => void;
}

export function CredentialDialog({ team, name: replaced, taken, onClose }: CredentialDialogProps) {
	const [name, setName] = useState(replaced ?? "");
	const [value, setValue] = useState("");
	const [errors, setErrors] = useState<CredentialErrors>({});
	const formId = useId();
	const saving = useSetCredential(team, onClose);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const found = checkCredential({ name, value, taken: replaced ? [] : taken });
		setErrors(found);
		if (!found.name && !found.value) saving.mutate({ team, name, value });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={replaced ? `Replace the value of ${replaced}` : "Add a credential"}
			description="It is encrypted before it is stored, and nobody can read it back, you included."
			foot={
				<SubmitButtons form={formId} busy={saving.isPending} onCancel={onClose}>
					{replaced ? "Replace" : "Add"}
				</SubmitButtons>
			}
		>
			<form id={formId} noValidate onSubmit={submit} className="grid gap-3">
				{!replaced && <NameField name={name} error={errors.name} onChange={setName} />}
				<Field label="Value" error={errors.value} required>
					{(control) => (
						<Textarea
							{...control}
							value={value}
							autoComplete="off"
							spellCheck={false}
							className="font-mono [-webkit-text-security:disc]"
							onChange={(event) => setValue(event.target.value)}
						/>
					)}
				</Field>
				{saving.error && <FieldError>{errorText(saving.error)}</FieldError>}
			</form>
		</Dialog>
	);
}

interface NameFieldProps {
	name: string;
	error: string | undefined;
	onChange: (name: string) => void;
}

function NameField({ name, error, onChange }: NameFieldProps) {
	return (
		<Field label="Name" help={`A step reads it as {{ secrets.${name.trim() || "NAME"} }}.`} error={error} required>
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

function useSetCredential(team: string, onSaved: () => void) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		...trpc.credentials.set.mutationOptions(),
		meta: { ownError: true },
		onSuccess: () => {
			showDone("The credential is saved");
			onSaved();
			return queries.invalidateQueries(trpc.credentials.list.queryFilter({ team }));
		},
	});
}
