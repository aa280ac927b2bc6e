"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { copyText } from "@/components/ui/copy-text";
import { FieldError } from "@/components/ui/forms/field";
import { addressOf, LinkDialog } from "./link-dialog";
import { LinkList } from "./link-list";
import { LinkTerms, useLinkDraft } from "./link-terms";
import { SentPreview } from "./sent-preview";
import { ShowsChoices } from "./shows-choices";

interface ShareDialogProps {
	team: string;
	runId: string;
	number: number;
	onClose: () => void;
}

/** Makes a link of a run, says what it sends, and lists those that there are. */
export function ShareDialog({ team, runId, number, onClose }: ShareDialogProps) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const links = useQuery(trpc.sharing.list.queryOptions({ team, runId }, { staleTime: 0 }));
	const [draft, change] = useLinkDraft(links.data?.policy);
	const [previews, setPreviews] = useState(false);
	const create = useMutation({
		...trpc.sharing.create.mutationOptions(),
		meta: { ownError: true },
		onSuccess: ({ token }) => {
			void copyText(addressOf(token), "The link");
			return queries.invalidateQueries(trpc.sharing.list.queryFilter({ team }));
		},
	});
	const { shows, name, hours, password } = draft;
	const terms = { shows, name, hours: hours ?? undefined, password: password === "" ? undefined : password };
	if (previews) return <SentPreview {...{ team, runId, shows }} onClose={() => setPreviews(false)} />;
	return (
		<LinkDialog
			title={`Share run ${number}`}
			description="Anyone with the link can watch this run live, without an account. Secrets are never sent."
			token={create.data?.token}
			busy={create.isPending}
			disabled={links.data?.policy.isOn === false}
			onCreate={() => create.mutate({ team, runId, ...terms })}
			onPreview={() => setPreviews(true)}
			onClose={onClose}
		>
			<ShowsChoices shows={shows} onChange={(shown) => change({ shows: shown })} />
			{links.data && <LinkTerms draft={draft} policy={links.data.policy} onChange={change} />}
			{create.error && <FieldError>{errorText(create.error)}</FieldError>}
			<LinkList team={team} of="run" query={links} />
		</LinkDialog>
	);
}
