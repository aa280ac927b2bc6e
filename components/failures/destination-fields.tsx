"use client";

import type { Outputs } from "../trpc/types";
import { Field } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { Select } from "../ui/forms/select";

type Offered = Outputs["failures"]["list"];
type Kind = Offered["kinds"][number];
type KindField = Kind["fields"][number];
type Values = Readonly<Record<string, string>>;

/** Stands for an empty field in a list, which can hold no empty value. */
const NONE = "-";
const AUDIENCE = "to";

interface DestinationFieldsProps {
	/** Undefined: members of the team, by their inbox. */
	kind: Kind | undefined;
	offered: Offered;
	fields: Values;
	/** The field that has to be filled in. */
	missing: string | undefined;
	onChange: (fields: Values) => void;
}

/** What a kind of destination asks for. */
export function DestinationFields({ kind, offered, fields, missing, onChange }: DestinationFieldsProps) {
	const write = (key: string) => (value: string) => onChange({ ...fields, [key]: value });
	if (kind === undefined) {
		return (
			<Field
				label="Who"
				required
				help="By mail, too, unless they have switched that off in their account."
				error={missing === AUDIENCE && "Choose who is told."}
			>
				{(control) => (
					<Select {...control} value={fields.to ?? ""} options={offered.audiences} onChange={write(AUDIENCE)} />
				)}
			</Field>
		);
	}
	return kind.fields.map((field) => (
		<Field
			key={field.key}
			label={field.label}
			required={field.required}
			hint={field.required ? undefined : "optional"}
			help={field.help}
			error={missing === field.key && messageFor(field)}
		>
			{(control) =>
				field.credentials === null ? (
					<Input
						{...control}
						value={fields[field.key] ?? ""}
						maxLength={8_000}
						autoComplete="off"
						spellCheck={false}
						placeholder={field.placeholder ?? ""}
						onChange={(event) => write(field.key)(event.target.value)}
					/>
				) : (
					<Select
						{...control}
						value={fields[field.key] || (field.required ? "" : NONE)}
						options={credentialOptions(field, offered)}
						placeholder="Choose a credential"
						onChange={(value) => write(field.key)(value === NONE ? "" : value)}
					/>
				)
			}
		</Field>
	));
}

function credentialOptions({ credentials, required }: KindField, offered: Offered) {
	const fitting = offered.credentials.filter(({ type }) => credentials !== null && Object.hasOwn(credentials, type));
	const named = fitting.map(({ name }) => ({ value: name, label: name }));
	return required ? named : [{ value: NONE, label: "None" }, ...named];
}

function messageFor({ label, credentials }: KindField): string {
	if (credentials === null) return `Fill in “${label}”.`;
	return "Choose a credential. An admin of the team adds one in Settings, Credentials.";
}

/** The first field that has to be filled in and is not. */
export function missingField(kind: Kind | undefined, fields: Values): string | undefined {
	if (kind === undefined) return fields.to ? undefined : AUDIENCE;
	return kind.fields.find(({ key, required }) => required && !fields[key]?.trim())?.key;
}
