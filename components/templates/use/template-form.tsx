"use client";

import Link from "next/link";
import { type FormEvent, type ReactNode, useState } from "react";
import { useWhyNot } from "../../shell/why-not";
import { errorIssues } from "../../trpc/error-issues";
import { errorText } from "../../trpc/error-text";
import { Button } from "../../ui/button";
import { Field, FieldError } from "../../ui/forms/field";
import { checkDraft, type FormDraft, type FormErrors, startDraft } from "../../ui/forms/form-draft";
import { FormFields } from "../../ui/forms/form-fields";
import { Input } from "../../ui/forms/input";
import { GuardedButton } from "../../ui/guarded";
import { CredentialFields } from "./credential-fields";
import { ModelFields } from "./model-fields";
import { useCreateFromTemplate } from "./use-create-from-template";
import type { CredentialChoices, ModelChoice, TemplateQuestions } from "./use-template-data";

interface TemplateFormProps {
	team: string;
	template: TemplateQuestions;
}

/** Sends nothing that the server would refuse for its form. */
export function TemplateForm({ team, template }: TemplateFormProps) {
	const { slug, inputs, credentials, asksForModel } = template;
	const [name, setName] = useState(template.name);
	const [draft, setDraft] = useState<FormDraft>(() => startDraft(inputs));
	const [errors, setErrors] = useState<FormErrors>({});
	const [choices, setChoices] = useState<CredentialChoices>({});
	const [model, setModel] = useState<ModelChoice>({ provider: "demo", model: "" });
	const making = useCreateFromTemplate(team);
	const whyNot = useWhyNot("workflow:edit");
	const change = (field: string, value: FormDraft[string]) => {
		setDraft((before) => ({ ...before, [field]: value }));
		setErrors(({ [field]: _settled, ...others }) => others);
		making.reset();
	};
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const checked = checkDraft(inputs, draft);
		setErrors(checked.errors);
		if (Object.keys(checked.errors).length > 0 || name.trim() === "" || whyNot !== undefined) return;
		making.mutate({
			team,
			template: slug,
			name,
			inputs: checked.values,
			credentials: { ...choices },
			...askedOf(model),
		});
	};
	const nameError = name.trim() === "" ? "Enter a name." : undefined;
	return (
		<form noValidate onSubmit={submit} className="grid gap-6">
			<Field label="Name" required error={nameError}>
				{(control) => (
					<Input {...control} value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
				)}
			</Field>
			{inputs.length > 0 && (
				<Part title="Inputs" text="Defaults for the form of each run. The sample data runs as it is.">
					<FormFields fields={inputs} draft={draft} errors={errors} onChange={change} />
				</Part>
			)}
			{credentials.length > 0 && (
				<Part title="Credentials" text="Steps without a credential are disabled. Runs skip them until you enable them.">
					<CredentialFields team={team} questions={credentials} choices={choices} onChange={setChoices} />
				</Part>
			)}
			{asksForModel && (
				<Part title="Language model" text="The model that answers the prompts.">
					<ModelFields choice={model} onChange={setModel} />
				</Part>
			)}
			<Problems error={making.error} />
			<div className="flex justify-end gap-2 border-line-soft border-t pt-4">
				<Button asChild intent="ghost" size="form">
					<Link href={`/${team}/templates/${slug}`}>Cancel</Link>
				</Button>
				<GuardedButton
					intent="primary"
					size="form"
					type="submit"
					whyNot={whyNot}
					busy={making.isPending || making.isSuccess}
				>
					Create the workflow
				</GuardedButton>
			</div>
		</form>
	);
}

function askedOf({ provider, model }: ModelChoice) {
	const name = model.trim();
	return { provider, ...(provider !== "demo" && name !== "" && { model: name }) };
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
	return (
		<section className="grid gap-3">
			<div>
				<h2 className="text-15">{title}</h2>
				<p className="text-12 text-ink-3">{text}</p>
			</div>
			{children}
		</section>
	);
}

function Problems({ error }: { error: unknown }) {
	if (error === null) return null;
	return (
		<div role="alert" className="grid gap-1 rounded-3 bg-failed-soft px-3 py-2.5">
			<FieldError>{errorText(error)}</FieldError>
			{errorIssues(error).map(({ field, message }) => (
				<p key={`${field} ${message}`} className="pl-5 text-12 text-ink-2">
					{message}
				</p>
			))}
		</div>
	);
}
