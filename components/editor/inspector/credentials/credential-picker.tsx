"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { CredentialDialog } from "@/components/credentials/credential-dialog";
import { CredentialIcon } from "@/components/credentials/credential-icon";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { type CredentialType, referencesTo } from "@/server/credentials/catalog";
import { catalog } from "@/server/nodes/catalog";
import { setConfigField } from "@/server/plan/edits/set-config";
import { referencesIn } from "@/server/plan/expressions/template";
import { writeReference } from "@/server/plan/expressions/write-reference";
import type { CredentialFit } from "@/server/plan/node-definition";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { useEditorStore } from "../../editor-store";
import { useInspector } from "../inspector-context";
import { useNode, useNodeId } from "../node-fields";

interface CredentialPickerProps {
	fitOf: (values: JsonObject) => CredentialFit;
	/** What stands in the field. */
	value: Json | undefined;
}

const NO_CONFIG: JsonObject = {};

/** Below a field that wants a credential: those that fit, and a way to add one. */
export function CredentialPicker({ fitOf, value }: CredentialPickerProps) {
	const { team, learnCredential } = useInspector();
	const fit = fitOf(useNode(({ config }) => config, NO_CONFIG));
	const trpc = useTRPC();
	const [isOpen, setOpen] = useState(false);
	const [isAdding, setAdding] = useState(false);
	const list = useQuery(trpc.credentials.list.queryOptions({ team }, { enabled: isOpen || isAdding }));
	const write = useWriteFit();
	const choose = ({ name, type, references }: Chosen) => {
		learnCredential(references);
		write(name, fit[type] ?? {});
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
						<span className="truncate">{nameIn(value) ?? "Choose a credential"}</span>
						<ChevronsUpDown />
					</Button>
				}
			>
				<Choices
					list={list.data}
					error={list.error}
					types={typesOf(fit)}
					onChoose={choose}
					onAdd={() => setAdding(true)}
				/>
			</Menu>
			{isAdding && (
				<CredentialDialog
					team={team}
					types={typesOf(fit)}
					others={list.data?.credentials ?? []}
					refusal={list.data?.refusal ?? null}
					onSaved={choose}
					onClose={() => setAdding(false)}
				/>
			)}
		</div>
	);
}

interface Chosen {
	name: string;
	type: CredentialType;
	references: readonly string[];
}

interface ChoicesProps {
	list: Outputs["credentials"]["list"] | undefined;
	error: unknown;
	types: readonly CredentialType[];
	onChoose: (chosen: Chosen) => void;
	onAdd: () => void;
}

function Choices({ list, error, types, onChoose, onAdd }: ChoicesProps) {
	if (!list) return <Note>{error ? errorText(error) : "Loading the credentials …"}</Note>;
	const fitting = list.credentials.filter(({ type }) => types.includes(type));
	return (
		<>
			{fitting.length === 0 && <MenuLabel>None fits yet</MenuLabel>}
			{fitting.map(({ id, name, type, parts, hint, isPersonal }) => (
				<MenuItem key={id} onSelect={() => onChoose({ name, type, references: referencesTo({ name, parts }) })}>
					<CredentialIcon type={type} />
					<span className="min-w-0 flex-1 truncate font-mono text-12">{name}</span>
					<span className="truncate text-11 text-ink-3">{isPersonal ? "only you" : hint}</span>
				</MenuItem>
			))}
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

function typesOf(fit: CredentialFit): CredentialType[] {
	const types: CredentialType[] = [];
	for (const type in fit) if (isFitting(type, fit)) types.push(type);
	return types;
}

function isFitting(type: string, fit: CredentialFit): type is CredentialType {
	return Object.hasOwn(fit, type);
}

/** The credential that a text reads, if it is nothing but a reference to one. */
function nameIn(value: Json | undefined): string | undefined {
	if (typeof value !== "string") return undefined;
	const [reference, ...others] = referencesIn(value);
	const isWhole = reference?.start === 0 && reference.end === value.length && others.length === 0;
	return isWhole && reference.path[0] === "secrets" ? reference.path[1] : undefined;
}

/** Writes references to a credential into all the fields that it fills in, as one edit. */
function useWriteFit(): (name: string, fields: Readonly<Record<string, string>>) => void {
	const store = useEditorStore();
	const id = useNodeId();
	return (name, fields) => {
		store.getState().apply("Choose a credential", (plan) =>
			Object.entries(fields).reduce((changed, [field, part]) => {
				const value = writeReference(["secrets", name, ...(part === "" ? [] : [part])], "braces");
				return setConfigField(changed, { id, path: [field], value }, catalog);
			}, plan),
		);
	};
}
