"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { CREDENTIAL_TYPES, type CredentialType, credentialDefinition } from "@/server/credentials/catalog";
import { fieldsOf } from "@/server/credentials/credential-definition";
import type { CredentialDraft } from "../credentials/check-credential";
import { CredentialDialog } from "../credentials/credential-dialog";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { SearchInput } from "../ui/forms/search-input";
import { Select } from "../ui/forms/select";
import { GuardedButton } from "../ui/guarded";
import { SkeletonRows } from "../ui/skeleton";
import { CredentialTable } from "./credential-table";
import { MissingCredentials } from "./missing-credentials";
import { SettingsFrame } from "./settings-frame";

type Credential = Outputs["credentials"]["list"]["credentials"][number];

/** What the dialog is about: a new credential, whose name may be given, or one whose values are replaced. */
type Editing = { replaced: Credential } | { givenName: string } | null;

const NEW = { givenName: "" };
const ALL_TYPES = "all";

/** A team's secrets by name. Values go in and never come out. */
export function CredentialsPage({ team }: { team: string }) {
	const whyNotOwn = useWhyNot("credential:own");
	const whyNotList = useWhyNot("credential:list");
	const [editing, setEditing] = useState<Editing>(null);
	return (
		<SettingsFrame page="Credentials">
			<div className="mb-3 flex items-end gap-4 phone:flex-col phone:items-stretch">
				<div className="min-w-0 flex-1">
					<h2 className="text-20 tracking-[-0.012em]">Credentials</h2>
					<p className="text-ink-2">Stored encrypted. A value can be replaced but never read back, and logs hide it.</p>
				</div>
				<GuardedButton intent="primary" size="form" whyNot={whyNotOwn} onClick={() => setEditing(NEW)}>
					<Plus />
					Add a credential
				</GuardedButton>
			</div>
			{whyNotOwn !== undefined ? (
				<Box>
					<EmptyState picture={<Picture />} title="Credentials are for those who run workflows">
						{whyNotOwn}
					</EmptyState>
				</Box>
			) : (
				<>
					{whyNotList !== undefined && (
						<p className="mb-3 text-12 text-ink-2">
							You see your own credentials here, not those of the team. {whyNotList}
						</p>
					)}
					<CredentialList team={team} ownOnly={whyNotList !== undefined} editing={editing} onEdit={setEditing} />
				</>
			)}
		</SettingsFrame>
	);
}

interface CredentialListProps {
	team: string;
	/** Those of the team are not shown to the viewer. */
	ownOnly: boolean;
	editing: Editing;
	onEdit: (editing: Editing) => void;
}

function CredentialList({ team, ownOnly, editing, onEdit }: CredentialListProps) {
	const trpc = useTRPC();
	const list = useQuery(trpc.credentials.list.queryOptions({ team }));
	const [search, setSearch] = useState("");
	const [chosen, setChosen] = useState(ALL_TYPES);
	const { credentials = [], missing = [] } = list.data ?? {};
	const types = CREDENTIAL_TYPES.filter((type) => credentials.some((credential) => credential.type === type));
	// The last of a type may have been removed.
	const shownType = types.some((each) => each === chosen) ? chosen : ALL_TYPES;
	const found = credentials.filter((credential) => isFound(credential, { search, wanted: shownType }));
	const showAll = () => {
		setSearch("");
		setChosen(ALL_TYPES);
	};
	return (
		<>
			{credentials.length > 1 && (
				<div className="mb-3 flex gap-2">
					<SearchInput
						label="Find a credential"
						value={search}
						onSearch={setSearch}
						boxClassName="w-[232px] phone:min-w-0 phone:w-auto phone:flex-1"
					/>
					{types.length > 1 && <TypeSelect types={types} value={shownType} onChange={setChosen} />}
				</div>
			)}
			<Box>
				{list.data ? (
					credentials.length === 0 ? (
						<NoCredentials ownOnly={ownOnly} onAdd={() => onEdit(NEW)} />
					) : found.length === 0 ? (
						<EmptyState
							picture={<Picture />}
							title="No credential found"
							action={<Button onClick={showAll}>Show all</Button>}
						>
							{describeSearch({ search, wanted: shownType })}
						</EmptyState>
					) : (
						<CredentialTable team={team} credentials={found} onReplace={(replaced) => onEdit({ replaced })} />
					)
				) : list.error ? (
					<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
						{errorText(list.error)}
					</ErrorRow>
				) : (
					<SkeletonRows rows={3} rowClassName="h-11" label="Loading credentials" />
				)}
			</Box>
			{missing.length > 0 && (
				<MissingCredentials team={team} missing={missing} onAdd={(givenName) => onEdit({ givenName })} />
			)}
			{editing && (
				<CredentialDialog
					team={team}
					{...editing}
					given={"replaced" in editing ? namesOf(editing.replaced) : {}}
					others={credentials}
					onClose={() => onEdit(null)}
				/>
			)}
		</>
	);
}

function Box({ children }: { children: ReactNode }) {
	return <div className="overflow-hidden rounded-3 border border-line bg-panel shadow-1">{children}</div>;
}

function Picture() {
	return <KeyRound aria-hidden="true" className="size-6 text-ink-3" />;
}

interface TypeSelectProps {
	types: readonly CredentialType[];
	value: string;
	onChange: (type: string) => void;
}

function TypeSelect({ types, value, onChange }: TypeSelectProps) {
	const options = types.map((type) => ({ value: type, label: credentialDefinition(type).title }));
	return (
		<Select
			aria-label="Type"
			size="bar"
			value={value}
			options={[{ value: ALL_TYPES, label: "All types" }, ...options]}
			onChange={onChange}
			className="w-[200px] phone:w-[140px] phone:flex-none"
		/>
	);
}

interface Search {
	search: string;
	/** A type, or all of them. */
	wanted: string;
}

function isFound({ name, type, hint }: Credential, { search, wanted }: Search): boolean {
	const words = search.trim().toLowerCase();
	if (wanted !== ALL_TYPES && wanted !== type) return false;
	return [name, hint, credentialDefinition(type).title].some((text) => text.toLowerCase().includes(words));
}

/** What stands in the form when values are replaced: the names that steps read, each without its value. */
function namesOf({ type, parts }: Credential): CredentialDraft {
	const pairs = fieldsOf(credentialDefinition(type)).find(({ input }) => input === "pairs");
	return pairs ? { [pairs.name]: parts.map((name) => ({ name, value: "" })) } : {};
}

function describeSearch({ search, wanted }: Search): string {
	return wanted === ALL_TYPES
		? `No credential is found by “${search}”.`
		: `No credential of this type is found by “${search}”.`;
}

function NoCredentials({ ownOnly, onAdd }: { ownOnly: boolean; onAdd: () => void }) {
	return (
		<EmptyState
			picture={<Picture />}
			title={ownOnly ? "No credentials of your own yet" : "No credentials yet"}
			action={
				<Button onClick={onAdd}>
					<Plus />
					Add a credential
				</Button>
			}
		>
			A step reads one as <code className="whitespace-nowrap text-12">{"{{ secrets.NAME }}"}</code>, so that no secret
			is part of a workflow.
		</EmptyState>
	);
}
