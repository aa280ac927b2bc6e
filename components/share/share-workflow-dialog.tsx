"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { copyText } from "@/components/ui/copy-text";
import { Field, FieldError } from "@/components/ui/forms/field";
import { Select } from "@/components/ui/forms/select";
import { addressOf, LinkDialog } from "./link-dialog";
import { LinkList } from "./link-list";
import { LinkTerms, useLinkDraft } from "./link-terms";
import { SentWorkflow } from "./sent-workflow";
import { Choice } from "./shows-choices";

interface ShareWorkflowDialogProps {
	team: string;
	slug: string;
	name: string;
	/** The one that is published. */
	version: number;
	onClose: () => void;
}

/** Makes a link of what a workflow has published, says what it sends, and lists those that there are. */
export function ShareWorkflowDialog({ team, slug, name, version, onClose }: ShareWorkflowDialogProps) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const links = useQuery(trpc.sharing.list.queryOptions({ team, slug }, { staleTime: 0 }));
	const [draft, change] = useLinkDraft(links.data?.policy);
	const [isPinned, setPinned] = useState(false);
	const [previews, setPreviews] = useState(false);
	const create = useMutation({
		...trpc.sharing.createForWorkflow.mutationOptions(),
		meta: { ownError: true },
		onSuccess: ({ token }) => {
			void copyText(addressOf(token), "The link");
			return queries.invalidateQueries(trpc.sharing.list.queryFilter({ team }));
		},
	});
	const { shows, hours, password } = draft;
	const asked = { team, slug, settings: shows.settings, version: isPinned ? version : undefined };
	const terms = { name: draft.name, hours: hours ?? undefined, password: password === "" ? undefined : password };
	if (previews) return <SentWorkflow asked={asked} onClose={() => setPreviews(false)} />;
	return (
		<LinkDialog
			title={`Share ${name}`}
			description="Anyone with the link can look at what is published, without an account. Drafts, runs and secrets are never sent."
			token={create.data?.token}
			busy={create.isPending}
			disabled={links.data?.policy.isOn === false}
			onCreate={() => create.mutate({ ...asked, ...terms })}
			onPreview={() => setPreviews(true)}
			onClose={onClose}
		>
			<Choice
				label="Settings of the steps"
				help="Commands, prompts and addresses, without keys. Needed to clone the workflow."
				checked={shows.settings}
				onChange={(settings) => change({ shows: { ...shows, settings } })}
			/>
			<div className="pt-1 pb-3">
				<Field label="Version">
					{(control) => (
						<Select
							{...control}
							value={isPinned ? "pinned" : "published"}
							options={[
								{ value: "published", label: `What is published: now version ${version}, then the next ones` },
								{ value: "pinned", label: `Version ${version}, whatever is published later` },
							]}
							onChange={(value) => setPinned(value === "pinned")}
						/>
					)}
				</Field>
			</div>
			{links.data && <LinkTerms draft={draft} policy={links.data.policy} onChange={change} />}
			{create.error && <FieldError>{errorText(create.error)}</FieldError>}
			<LinkList team={team} of="workflow" query={links} />
		</LinkDialog>
	);
}
