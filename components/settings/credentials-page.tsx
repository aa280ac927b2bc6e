"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { credentialDefinition } from "@/server/credentials/catalog";
import { CredentialDialog } from "../credentials/credential-dialog";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Button } from "../ui/button";
import { SearchInput } from "../ui/forms/search-input";
import { EmptyState, ErrorRow } from "../ui/list-states";
import { SkeletonRows } from "../ui/skeleton";
import { CredentialTable } from "./credential-table";
import { SettingsFrame } from "./settings-frame";

type Credential = Outputs["credentials"]["list"]["credentials"][number];

/** What the dialog is about: a new credential, or one whose values are replaced. */
type Editing = Credential | "new" | null;

/** A team's secrets by name. Values go in and never come out. */
export function CredentialsPage({ team }: { team: string }) {
	const trpc = useTRPC();
	const list = useQuery(trpc.credentials.list.queryOptions({ team }));
	const [editing, setEditing] = useState<Editing>(null);
	const [search, setSearch] = useState("");
	const { credentials = [], refusal = null } = list.data ?? {};
	const found = credentials.filter((credential) => isFound(credential, search));
	const add = (
		<Button intent="primary" size="form" onClick={() => setEditing("new")}>
			<Plus />
			Add a credential
		</Button>
	);
	return (
		<SettingsFrame team={team} page="Credentials">
			<div className="mb-3 flex items-end gap-4 phone:flex-col phone:items-stretch">
				<div className="min-w-0 flex-1">
					<h2 className="text-20 tracking-[-0.012em]">Credentials</h2>
					<p className="text-ink-2">Stored encrypted. A value can be replaced but never read back, and logs hide it.</p>
				</div>
				{add}
			</div>
			{credentials.length > 1 && (
				<SearchInput
					label="Find a credential"
					value={search}
					onSearch={setSearch}
					boxClassName="mb-3 w-[232px] phone:w-full"
				/>
			)}
			<div className="overflow-hidden rounded-3 border border-line bg-panel shadow-1">
				{list.data ? (
					credentials.length === 0 ? (
						<NoCredentials onAdd={() => setEditing("new")} />
					) : found.length === 0 ? (
						<EmptyState
							picture={<KeyRound aria-hidden="true" className="size-6 text-ink-3" />}
							title="No such credential"
							action={<Button onClick={() => setSearch("")}>Show all</Button>}
						>
							None of them has “{search}” in its name or kind.
						</EmptyState>
					) : (
						<CredentialTable team={team} credentials={found} refusal={refusal} onReplace={setEditing} />
					)
				) : list.error ? (
					<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
						{errorText(list.error)}
					</ErrorRow>
				) : (
					<SkeletonRows rows={3} rowClassName="h-11" label="Loading credentials" />
				)}
			</div>
			{editing && (
				<CredentialDialog
					team={team}
					{...(editing !== "new" && { replaced: editing })}
					others={credentials}
					refusal={refusal}
					onClose={() => setEditing(null)}
				/>
			)}
		</SettingsFrame>
	);
}

function isFound({ name, type, hint }: Credential, search: string): boolean {
	const wanted = search.trim().toLowerCase();
	return [name, hint, credentialDefinition(type).title].some((text) => text.toLowerCase().includes(wanted));
}

function NoCredentials({ onAdd }: { onAdd: () => void }) {
	return (
		<EmptyState
			picture={<KeyRound aria-hidden="true" className="size-6 text-ink-3" />}
			title="No credentials yet"
			action={
				<Button onClick={onAdd}>
					<Plus />
					Add the first
				</Button>
			}
		>
			A step reads one as <code className="text-12">{"{{ secrets.NAME }}"}</code>, so that no key is part of a workflow.
		</EmptyState>
	);
}
