"use client";

import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/forms/field";
import { Textarea } from "@/components/ui/forms/input";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { Kbd } from "@/components/ui/kbd";
import { countOf } from "@/server/nodes/summary-text";
import { type Issue, isError } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { useEditor } from "../editor-store";
import { issuesOf } from "../inspector/plan-issues";
import type { DraftSaving } from "../saving/use-draft-saving";
import { listChanges } from "./changes/list-changes";
import { LiteralSecrets } from "./publish/literal-secrets";
import { OwnCredentials } from "./publish/own-credentials";
import { Difference, Failure, Refusal, RunsUnderWay, Triggers, Verdict } from "./publish/publish-parts";
import { usePublish } from "./publish/use-publish";
import { useVersionPlan } from "./versions/use-version-plan";

interface PublishDialogProps {
	team: string;
	slug: string;
	name: string;
	/** The published version, null until the first. */
	version: number | null;
	/** The team's credentials by name; undefined for those who may not know them. */
	credentials?: readonly string[];
	/** The names among them that belong to the reader alone. */
	ownCredentials: readonly string[];
	saving: DraftSaving;
	open: boolean;
	onOpenChange: (open: boolean) => void;
	/** Shows the difference to the published version on the canvas. */
	onCompare?: () => void;
	/** Leads to the place of a problem. */
	onShowProblem: (issue: Issue) => void;
}

/** Asks for a note and makes the draft the version that runs; shows what is new in it, and what keeps it back. */
export function PublishDialog(props: PublishDialogProps) {
	// Closed, it follows no plan.
	return props.open ? <Publishing {...props} /> : null;
}

function Publishing(props: PublishDialogProps) {
	const { team, slug, name, version, credentials, ownCredentials, saving } = props;
	const { onOpenChange, onCompare, onShowProblem } = props;
	const formId = useId();
	const plan = useEditor((state) => state.plan);
	const published = useVersionPlan({ team, slug, version });
	const publish = usePublish({ team, slug, saving, onPublished: () => onOpenChange(false) });
	const changes = useMemo(
		() => (published.plan ? listChanges(published.plan, plan).filter(({ of }) => of !== "note") : undefined),
		[published.plan, plan],
	);
	const { all } = issuesOf(plan, credentials);
	const problems = all.filter(isError);
	const literals = all.filter(({ code }) => code === "literal_secret");
	const isSame = changes?.length === 0;
	const next = (version ?? 0) + 1;
	return (
		<Dialog
			open
			onOpenChange={onOpenChange}
			title={`Publish ${name}`}
			className="w-[560px]"
			foot={
				<>
					<Verdict steps={plan.nodes.length} problems={problems.length} />
					<span className="ml-auto flex flex-none gap-2 phone:w-full phone:[&>*]:flex-1">
						<Button intent="ghost" size="form" onClick={() => onOpenChange(false)}>
							Cancel
						</Button>
						<PublishButton
							form={formId}
							next={next}
							busy={publish.isPending}
							disabled={problems.length > 0 || isSame || plan.nodes.length === 0}
						/>
					</span>
				</>
			}
		>
			<PublishForm id={formId} onChange={publish.reset} onSubmit={(note) => publish.mutate(note)}>
				{problems.length > 0 && <Refusal problems={problems} onShow={onShowProblem} />}
				<LiteralSecrets plan={plan} issues={literals} onShow={onShowProblem} />
				<OwnCredentials plan={plan} credentials={credentials ?? []} own={ownCredentials} onShow={onShowProblem} />
				{version === null ? (
					<p className="text-12 text-ink-2">The first version: {describePlan(plan)}.</p>
				) : (
					<Difference version={version} published={published} changes={changes} onCompare={onCompare} />
				)}
				<Triggers plan={plan} before={published.plan} version={next} />
				{version !== null && <RunsUnderWay team={team} slug={slug} version={version} />}
				{publish.error && <Failure error={publish.error} />}
			</PublishForm>
		</Dialog>
	);
}

function describePlan({ nodes, inputs }: Plan): string {
	const steps = countOf(nodes.length, "step");
	return inputs.length > 0 ? `${steps}, ${countOf(inputs.length, "input")}` : steps;
}

interface PublishButtonProps {
	form: string;
	next: number;
	busy: boolean;
	disabled: boolean;
}

function PublishButton({ form, next, busy, disabled }: PublishButtonProps) {
	const modKey = useModKey();
	return (
		<Button intent="primary" size="form" type="submit" form={form} busy={busy} disabled={disabled}>
			Publish v{next}
			<Kbd onAccent className="-mr-1">
				{modKey}↵
			</Kbd>
		</Button>
	);
}

interface PublishFormProps {
	id: string;
	onChange: () => void;
	onSubmit: (note: string) => void;
	children: ReactNode;
}

function PublishForm({ id, onChange, onSubmit, children }: PublishFormProps) {
	const [note, setNote] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onSubmit(note);
	};
	const submitByKey = (event: KeyboardEvent<HTMLFormElement>) => {
		if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
		event.preventDefault();
		const button = document.querySelector<HTMLButtonElement>(`button[form="${CSS.escape(id)}"]`);
		if (button && !button.disabled) event.currentTarget.requestSubmit();
	};
	return (
		<form id={id} onSubmit={submit} onKeyDown={submitByKey} className="grid gap-3">
			<Field label="What changed" hint="shown in Versions">
				{(control) => (
					<Textarea
						{...control}
						value={note}
						rows={2}
						maxLength={500}
						className="resize-none leading-5"
						onChange={(event) => {
							setNote(event.target.value);
							onChange();
						}}
					/>
				)}
			</Field>
			{children}
		</form>
	);
}
