"use client";

import { useQuery } from "@tanstack/react-query";
import type { CredentialDraft } from "@/components/credentials/check-credential";
import { CredentialDialog, type SavedCredential } from "@/components/credentials/credential-dialog";
import { useTRPC } from "@/components/trpc/client";
import type { CredentialType } from "@/server/credentials/catalog";
import { useInspector } from "../inspector-context";

interface NewCredentialProps {
	types?: readonly CredentialType[];
	givenName?: string;
	given?: CredentialDraft;
	onSaved: (saved: SavedCredential) => void;
	onClose: () => void;
}

/** The dialog that adds a credential, which the checks of the plan know from then on. */
export function NewCredential({ onSaved, ...props }: NewCredentialProps) {
	const { team, learnCredential } = useInspector();
	const trpc = useTRPC();
	const list = useQuery(trpc.credentials.list.queryOptions({ team }));
	if (!list.data && !list.error) return null;
	const save = (saved: SavedCredential) => {
		learnCredential(saved);
		onSaved(saved);
	};
	const { credentials: others = [] } = list.data ?? {};
	return <CredentialDialog {...props} team={team} others={others} onSaved={save} />;
}
