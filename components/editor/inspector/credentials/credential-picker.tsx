"use client";

import type { SavedCredential } from "@/components/credentials/credential-dialog";
import { CREDENTIAL_TYPES, type CredentialType, entriesOf } from "@/server/credentials/catalog";
import { catalog } from "@/server/nodes/catalog";
import { setConfigField } from "@/server/plan/edits/set-config";
import { referencesIn } from "@/server/plan/expressions/template";
import { writeReference } from "@/server/plan/expressions/write-reference";
import type { CredentialFit } from "@/server/plan/node-definition";
import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import { useEditorStore } from "../../editor-store";
import type { FieldSpec } from "../fields/describe-fields";
import { useNode, useNodeId } from "../node-fields";
import { freeName } from "../rows/free-name";
import { CredentialChoice } from "./credential-choice";

interface CredentialPickerProps {
	spec: FieldSpec;
	/** What stands in the field. */
	value: Json | undefined;
}

/** Below a field that takes credentials: those that fit, and a way to add one. */
export function CredentialPicker({ spec: { key, credential }, value }: CredentialPickerProps) {
	if (credential === undefined) return null;
	if (credential !== "entries") return <FitPicker fitOf={credential} value={value} />;
	// What a reference gives as a whole has no entries to add to.
	return typeof value === "string" ? null : <EntriesPicker field={key} entries={isObject(value) ? value : {}} />;
}

const NO_CONFIG: JsonObject = {};

/** Chooses one credential, which fills in the fields that it is for. */
function FitPicker({ fitOf, value }: { fitOf: (values: JsonObject) => CredentialFit; value: Json | undefined }) {
	const fit = fitOf(useNode(({ config }) => config, NO_CONFIG));
	const write = useWriteFields("Choose a credential");
	const choose = ({ name, type }: SavedCredential) => {
		const fields = Object.entries(fit[type] ?? {});
		write(Object.fromEntries(fields.map(([field, part]) => [field, referTo(name, part)])));
	};
	return <CredentialChoice label={nameIn(value) ?? "Choose a credential"} types={typesOf(fit)} onChoose={choose} />;
}

/** Adds credentials to named values, each by the names that it has for its parts. */
function EntriesPicker({ field, entries }: { field: string; entries: JsonObject }) {
	const write = useWriteFields("Use a credential");
	const choose = (chosen: SavedCredential) => write({ [field]: withEntries(entries, chosen) });
	return <CredentialChoice label="Use a credential" types={CREDENTIAL_TYPES} onChoose={choose} />;
}

function withEntries(entries: JsonObject, chosen: SavedCredential): JsonObject {
	const all = new Map(Object.entries(entries));
	for (const { name, part } of entriesOf(chosen)) {
		const reference = referTo(chosen.name, part);
		const isThere = [...all.values()].includes(reference);
		if (!isThere) all.set(freeName(name, [...all.keys()]), reference);
	}
	return Object.fromEntries(all);
}

function referTo(name: string, part: string): string {
	return writeReference(["secrets", name, ...(part === "" ? [] : [part])], "braces");
}

function typesOf(fit: CredentialFit): CredentialType[] {
	return CREDENTIAL_TYPES.filter((type) => Object.hasOwn(fit, type));
}

/** The credential that a text reads, if it is nothing but a reference to one. */
function nameIn(value: Json | undefined): string | undefined {
	if (typeof value !== "string") return undefined;
	const [reference, ...others] = referencesIn(value);
	const isWhole = reference?.start === 0 && reference.end === value.length && others.length === 0;
	return isWhole && reference.path[0] === "secrets" ? reference.path[1] : undefined;
}

/** Writes fields of the step's config, as one edit. */
function useWriteFields(label: string): (fields: JsonObject) => void {
	const store = useEditorStore();
	const id = useNodeId();
	return (fields) => {
		store
			.getState()
			.apply(label, (plan) =>
				Object.entries(fields).reduce(
					(changed, [field, value]) => setConfigField(changed, { id, path: [field], value }, catalog),
					plan,
				),
			);
	};
}
