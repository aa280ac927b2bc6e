"use client";

import { useId, useState } from "react";
import { errorText } from "../../trpc/error-text";
import { Dialog } from "../../ui/dialog";
import { Field, FieldError } from "../../ui/forms/field";
import { Input } from "../../ui/forms/input";
import { Select } from "../../ui/forms/select";
import { SubmitButtons } from "../../ui/forms/submit-buttons";
import { Switch } from "../../ui/forms/toggles";
import type { Gallery } from "../gallery-data";
import { SampleField } from "./sample-field";
import { SamplePreview } from "./sample-preview";
import { type PublishForm, usePublishForm } from "./use-publish-form";

interface PublishDialogProps {
	team: string;
	categories: Gallery["categories"];
	/** The one that is chosen at first. */
	workflow: string | undefined;
	onClose: () => void;
}

/** Makes a workflow a template, or the next version of the one that it is already. */
export function PublishDialog({ team, categories, workflow, onClose }: PublishDialogProps) {
	const form = usePublishForm(team, { workflow, onDone: onClose });
	const { slug, choice, error } = form;
	const [previews, setPreviews] = useState(false);
	const id = useId();
	if (previews && choice.sample)
		return <SamplePreview {...{ team, slug, sample: choice.sample }} onClose={() => setPreviews(false)} />;
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Publish a workflow as a template"
			description="Copies the published version. It names credentials, but never has their values."
			foot={
				<SubmitButtons form={id} busy={form.isBusy} whyNot={form.whyNot} onCancel={onClose}>
					Publish
				</SubmitButtons>
			}
		>
			<form id={id} noValidate onSubmit={form.submit} className="grid gap-3">
				<WorkflowField form={form} />
				<CategoryField form={form} categories={categories} />
				<Field label="What is new" hint="optional">
					{(control) => (
						<Input
							{...control}
							value={form.note}
							maxLength={500}
							onChange={(event) => form.setNote(event.target.value)}
						/>
					)}
				</Field>
				{slug !== "" && <SampleField runs={form.runs} choice={choice} onPreview={() => setPreviews(true)} />}
				<InstanceField form={form} />
				{error && <FieldError>{errorText(error)}</FieldError>}
				{form.issues.map(({ nodeId, field, message }) => (
					<p key={`${nodeId} ${field} ${message}`} className="pl-5 text-12 text-ink-2">
						{message}
					</p>
				))}
			</form>
		</Dialog>
	);
}

function WorkflowField({ form: { slug, published, isMissing, chooseWorkflow } }: { form: PublishForm }) {
	return (
		<Field
			label="Workflow"
			required
			help={published?.length === 0 ? "No workflow is published yet. Publish one first." : undefined}
			error={isMissing ? "Choose a workflow." : undefined}
		>
			{(control) => (
				<Select
					{...control}
					value={slug}
					options={(published ?? []).map((workflow) => ({ value: workflow.slug, label: workflow.name }))}
					onChange={chooseWorkflow}
				/>
			)}
		</Field>
	);
}

interface CategoryFieldProps {
	form: PublishForm;
	categories: Gallery["categories"];
}

function CategoryField({ form: { category, choose }, categories }: CategoryFieldProps) {
	return (
		<Field label="Category" required>
			{(control) => (
				<Select
					{...control}
					value={category}
					options={categories.map(({ id, label }) => ({ value: id, label }))}
					onChange={(value) => choose({ category: categories.find(({ id }) => id === value)?.id ?? category })}
				/>
			)}
		</Field>
	);
}

function InstanceField({ form: { forInstance, choose } }: { form: PublishForm }) {
	const id = useId();
	return (
		<div className="flex items-center gap-3 border-line-soft border-t py-2.5">
			<label htmlFor={id} className="min-w-0 flex-1">
				<span className="block font-medium">For everybody on this server</span>
				<span className="block text-12 text-ink-3">
					Visible even without an account, once an administrator approves it. Otherwise only your team sees it.
				</span>
			</label>
			<Switch id={id} checked={forInstance} onCheckedChange={(on) => choose({ forInstance: on })} />
		</div>
	);
}
