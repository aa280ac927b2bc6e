"use client";

import { Copy, Ellipsis, FlaskConical, KeyRound, RotateCw, Trash2 } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { credentialDefinition, referencesTo } from "@/server/credentials/catalog";
import { countOf } from "@/server/nodes/summary-text";
import { CredentialIcon } from "../credentials/credential-icon";
import { useWhyNot } from "../shell/why-not";
import type { Outputs } from "../trpc/types";
import { Avatar } from "../ui/avatar";
import { Chip } from "../ui/chip";
import { copyText } from "../ui/copy-text";
import { GuardedMenuItem } from "../ui/guarded-menu-item";
import { IconButton } from "../ui/icon-button";
import { Menu, MenuItem, MenuLabel } from "../ui/menu";
import { RelativeTime } from "../ui/relative-time";
import { Cell, HeadCell, Row, Table } from "../ui/table";
import { RemoveCredentialDialog, stateOf } from "./remove-credential-dialog";
import { TestCredentialDialog } from "./test-credential-dialog";

type Credential = Outputs["credentials"]["list"]["credentials"][number];

interface CredentialTableProps {
	team: string;
	credentials: readonly Credential[];
	onReplace: (credential: Credential) => void;
}

export function CredentialTable({ team, credentials, onReplace }: CredentialTableProps) {
	const [removing, setRemoving] = useState<Credential | null>(null);
	const [testing, setTesting] = useState<Credential | null>(null);
	const whyNotOwn = useWhyNot("credential:own");
	const whyNotTeam = useWhyNot("credential:manage");
	return (
		<>
			<Table>
				<thead>
					<tr className="[&>th]:bg-sunken">
						<HeadCell className="first:pl-4">Name</HeadCell>
						<HeadCell className="w-[212px] max-lg:hidden">Type</HeadCell>
						<HeadCell className="w-[130px] max-xl:hidden">Hint</HeadCell>
						<HeadCell className="w-[104px] phone:hidden">Used by</HeadCell>
						<HeadCell className="w-[110px] phone:hidden">Last used</HeadCell>
						<HeadCell className="w-[120px] max-xl:hidden">Added by</HeadCell>
						<HeadCell className="w-14 phone:w-[76px]">
							<span className="sr-only">Actions</span>
						</HeadCell>
					</tr>
				</thead>
				<tbody className="[&>tr:last-child>td]:border-b-0">
					{credentials.map((credential) => (
						<CredentialRow
							key={credential.id}
							team={team}
							whyNot={credential.isPersonal ? whyNotOwn : whyNotTeam}
							credential={credential}
							onReplace={() => onReplace(credential)}
							onTest={() => setTesting(credential)}
							onRemove={() => setRemoving(credential)}
						/>
					))}
				</tbody>
			</Table>
			{testing && <TestCredentialDialog team={team} credential={testing} onClose={() => setTesting(null)} />}
			{removing && <RemoveCredentialDialog team={team} credential={removing} onClose={() => setRemoving(null)} />}
		</>
	);
}

interface CredentialRowProps {
	team: string;
	/** Why it cannot be changed, if so. */
	whyNot: ReactNode | undefined;
	credential: Credential;
	onReplace: () => void;
	onTest: () => void;
	onRemove: () => void;
}

function CredentialRow({ team, whyNot, credential, onReplace, onTest, onRemove }: CredentialRowProps) {
	const { name, type, hint, uses, isPersonal, lastUsedAt, addedBy } = credential;
	const { title, testedBy } = credentialDefinition(type);
	return (
		<Row className="hover:bg-transparent">
			<Cell className="h-11 first:pl-4 phone:h-16">
				<span className="flex items-center gap-2.5">
					<KeyRound aria-hidden="true" className="size-4 flex-none text-ink-3" />
					<span className="grid min-w-0">
						<code className="truncate font-medium text-12" title={name}>
							{name}
						</code>
						<span className="truncate text-12 text-ink-3 lg:hidden">
							{title}
							<span className="hidden phone:inline">, {uses === 0 ? "not used" : countOf(uses, "workflow")}</span>
						</span>
					</span>
					{isPersonal && <Chip tone="line">Only you</Chip>}
				</span>
			</Cell>
			<Cell className="text-ink-2 max-lg:hidden">
				<span className="flex items-center gap-2">
					<CredentialIcon type={type} className="size-4 flex-none text-ink-3" />
					<span className="truncate">{title}</span>
				</span>
			</Cell>
			<Cell className="max-xl:hidden">
				<code className="text-11 text-ink-3" title={hint}>
					{hint}
				</code>
			</Cell>
			<Cell className="phone:hidden">
				<UsedBy team={team} credential={credential} />
			</Cell>
			<Cell className="text-ink-2 phone:hidden">
				{lastUsedAt ? <RelativeTime at={lastUsedAt} /> : <span className="text-ink-3">never</span>}
			</Cell>
			<Cell className="text-ink-2 max-xl:hidden">
				{addedBy && (
					<span className="flex items-center gap-2">
						<Avatar name={addedBy} size="small" />
						<span className="truncate" title={addedBy}>
							{addedBy}
						</span>
					</span>
				)}
			</Cell>
			<Cell className="text-right last:pr-3">
				<Menu
					trigger={
						<IconButton label={`More about ${name}`} size="panel">
							<Ellipsis />
						</IconButton>
					}
				>
					<MenuItem onSelect={() => void copyText(referenceTo(credential), "The reference")}>
						<Copy />
						Copy the reference
					</MenuItem>
					{testedBy && (
						<GuardedMenuItem whyNot={whyNot} onSelect={onTest}>
							<FlaskConical />
							Test
						</GuardedMenuItem>
					)}
					<GuardedMenuItem whyNot={whyNot} onSelect={onReplace}>
						<RotateCw />
						Replace the value
					</GuardedMenuItem>
					<GuardedMenuItem danger whyNot={whyNot} onSelect={onRemove}>
						<Trash2 />
						Remove
					</GuardedMenuItem>
				</Menu>
			</Cell>
		</Row>
	);
}

/** How many workflows read it; which, when it is pressed. */
function UsedBy({ team, credential: { name, uses, usedBy } }: { team: string; credential: Credential }) {
	if (uses === 0) return <span className="text-ink-3">not used</span>;
	const count = countOf(uses, "workflow");
	return (
		<Menu
			align="start"
			trigger={
				<button type="button" aria-label={`${count} with ${name}`} className="rounded-1 hover:underline">
					{count}
				</button>
			}
		>
			{usedBy.map((use) => (
				<MenuItem key={use.slug} asChild>
					<Link href={`/${team}/workflows/${use.slug}`}>
						<span className="min-w-0 flex-1 truncate">{use.name}</span>
						<span className="text-11 text-ink-3">{stateOf(use)}</span>
					</Link>
				</MenuItem>
			))}
			{uses > usedBy.length && <MenuLabel>and {uses - usedBy.length} more</MenuLabel>}
		</Menu>
	);
}

/** What a step writes to read it, or the first of its values. */
function referenceTo(credential: Credential): string {
	return `{{ secrets.${referencesTo(credential)[0]} }}`;
}
