"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { SavedCredential } from "@/components/credentials/credential-dialog";
import { CredentialIcon } from "@/components/credentials/credential-icon";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuSearch, MenuSeparator } from "@/components/ui/menu";
import type { CredentialType } from "@/server/credentials/catalog";
import { matchesSearch } from "../../search/match-search";
import { useInspector } from "../inspector-context";
import { NewCredential } from "./new-credential";

interface CredentialChoiceProps {
	/** What stands on the button. */
	label: string;
	types: readonly CredentialType[];
	onChoose: (chosen: SavedCredential) => void;
}

/** A button that offers the credentials that fit, and a way to add one. */
export function CredentialChoice({ label, types, onChoose }: CredentialChoiceProps) {
	const { team, learnCredential } = useInspector();
	const trpc = useTRPC();
	const [isOpen, setOpen] = useState(false);
	const [isAdding, setAdding] = useState(false);
	// Before it is opened: a menu finds its place by what is in it.
	const list = useQuery(trpc.credentials.list.queryOptions({ team }));
	const choose = (chosen: SavedCredential) => {
		learnCredential(chosen);
		onChoose(chosen);
	};
	return (
		<div className="mt-1.5">
			<Menu
				align="start"
				open={isOpen}
				onOpenChange={setOpen}
				className="max-w-[288px]"
				trigger={
					<Button className="max-w-full">
						<KeyRound />
						<span className="truncate">{label}</span>
						<ChevronsUpDown />
					</Button>
				}
			>
				<Choices list={list.data} error={list.error} types={types} onChoose={choose} onAdd={() => setAdding(true)} />
			</Menu>
			{isAdding && <NewCredential types={types} onSaved={onChoose} onClose={() => setAdding(false)} />}
		</div>
	);
}

/** From how many on one looks for a name rather than reads them all. */
const MANY = 8;

interface ChoicesProps {
	list: Outputs["credentials"]["list"] | undefined;
	error: unknown;
	types: readonly CredentialType[];
	onChoose: (chosen: SavedCredential) => void;
	onAdd: () => void;
}

function Choices({ list, error, types, onChoose, onAdd }: ChoicesProps) {
	const [sought, setSought] = useState("");
	if (!list) return <Note>{error ? errorText(error) : "Loading the credentials …"}</Note>;
	const fitting = list.credentials.filter(({ type }) => types.includes(type));
	const hasSearch = fitting.length >= MANY;
	const found = fitting.filter(({ name }) => matchesSearch(name, sought));
	return (
		<>
			{fitting.length === 0 && <MenuLabel>None fits yet</MenuLabel>}
			{hasSearch && <MenuSearch label="Find a credential" value={sought} onChange={setSought} />}
			<div className="max-h-52 overflow-y-auto">
				{found.map((credential) => (
					<MenuItem
						key={credential.id}
						title={credential.name}
						sought={hasSearch}
						onSelect={() => onChoose(credential)}
					>
						<CredentialIcon type={credential.type} />
						<span className="min-w-0 flex-1 truncate font-mono text-12">{credential.name}</span>
						<span className="truncate text-11 text-ink-3">{credential.isPersonal ? "only you" : credential.hint}</span>
					</MenuItem>
				))}
				{fitting.length > 0 && found.length === 0 && <Note>None of them is called that.</Note>}
			</div>
			<MenuSeparator />
			<MenuItem onSelect={onAdd}>
				<Plus />
				Add a credential
			</MenuItem>
		</>
	);
}

function Note({ children }: { children: string }) {
	return <p className="px-2 py-1.5 text-12 text-ink-3">{children}</p>;
}
