"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "../../trpc/client";
import { errorIssues } from "../../trpc/error-issues";
import { errorText } from "../../trpc/error-text";
import { Dialog } from "../../ui/dialog";
import { Field, FieldError } from "../../ui/forms/field";
import { Input } from "../../ui/forms/input";
import { Select } from "../../ui/forms/select";
import { SubmitButtons } from "../../ui/forms/submit-buttons";
import { Switch } from "../../ui/forms/toggles";
import { showDone } from "../../ui/toasts/toaster";
import type { CategoryId, Gallery } from "../gallery-data";

interface PublishDialogProps {
	team: string;
	categories: Gallery["categories"];
	onClose: () => void;
}

/** Makes a workflow a template, or the next version of the one that it is already. */
export function PublishDialog({ team, categories, onClose }: PublishDialogProps) {
	const trpc = useTRPC();
	const workflows = useQuery(trpc.workflows.list.queryOptions({ team, archived: false }));
	const [slug, setSlug] = useState("");
	const [category, setCategory] = useState<CategoryId>("everyday");
	const [forInstance, setForInstance] = useState(false);
	const [note, setNote] = useState("");
	const [isChecked, setChecked] = useState(false);
	const publishing = usePublish(team, onClose);
	const ids = { form: useId(), instance: useId() };
	const published = (workflows.data ?? []).filter(({ version }) => version !== null);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		setChecked(true);
		if (slug !== "") publishing.mutate({ team, slug, category, forInstance, note });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Publish a workflow as a template"
			description="Its published version is copied. Credentials are named in it, never their values."
			foot={
				<SubmitButtons form={ids.form} busy={publishing.isPending} onCancel={onClose}>
					Publish
				</SubmitButtons>
			}
		>
			<form id={ids.form} noValidate onSubmit={submit} className="grid gap-3">
				<Field
					label="Workflow"
					required
					help={
						workflows.data && published.length === 0 ? "No workflow is published yet. Publish one first." : undefined
					}
					error={isChecked && slug === "" ? "Choose a workflow." : undefined}
				>
					{(control) => (
						<Select
							{...control}
							value={slug}
							options={published.map((workflow) => ({ value: workflow.slug, label: workflow.name }))}
							onChange={setSlug}
						/>
					)}
				</Field>
				<Field label="Category" required>
					{(control) => (
						<Select
							{...control}
							value={category}
							options={categories.map(({ id, label }) => ({ value: id, label }))}
							onChange={(chosen) => setCategory(categories.find(({ id }) => id === chosen)?.id ?? category)}
						/>
					)}
				</Field>
				<Field label="What is new" hint="optional">
					{(control) => (
						<Input {...control} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
					)}
				</Field>
				<div className="flex items-center gap-3 border-line-soft border-t py-2.5">
					<label htmlFor={ids.instance} className="min-w-0 flex-1">
						<span className="block font-medium">For everybody on this server</span>
						<span className="block text-12 text-ink-3">
							Without an account, too, once an administrator approves it. Otherwise your team alone sees it.
						</span>
					</label>
					<Switch id={ids.instance} checked={forInstance} onCheckedChange={setForInstance} />
				</div>
				{(workflows.error ?? publishing.error) && (
					<FieldError>{errorText(workflows.error ?? publishing.error)}</FieldError>
				)}
				{errorIssues(publishing.error).map(({ nodeId, field, message }) => (
					<p key={`${nodeId} ${field} ${message}`} className="pl-5 text-12 text-ink-2">
						{message}
					</p>
				))}
			</form>
		</Dialog>
	);
}

function usePublish(team: string, onDone: () => void) {
	const trpc = useTRPC();
	const router = useRouter();
	return useMutation({
		...trpc.templates.publish.mutationOptions(),
		meta: { ownError: true },
		onSuccess: ({ template, version }) => {
			showDone(version === 1 ? "The template is published" : `Version ${version} is published`);
			onDone();
			router.push(`/${team}/templates/${template}`);
			router.refresh();
		},
	});
}
