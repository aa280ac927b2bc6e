"use client";

import { useMailProblem } from "../shell/use-mail-problem";
import { useViewer } from "../shell/viewer-context";
import type { Outputs } from "../trpc/types";
import { Field } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { Select } from "../ui/forms/select";
import { CredentialField } from "./credential-field";

type Offered = Outputs["failures"]["list"];
type Kind = Offered["kinds"][number];
type KindField = Kind["fields"][number];
type Values = Readonly<Record<string, string>>;

const AUDIENCE = "to";

interface DestinationFieldsProps {
	team: string;
	/** Undefined: members of the team, by their inbox. */
	kind: Kind | undefined;
	offered: Offered;
	fields: Values;
	/** The field that has to be filled in. */
	missing: string | undefined;
	onChange: (fields: Values) => void;
}

/** What a kind of destination asks for. */
export function DestinationFields({ team, kind, offered, fields, missing, onChange }: DestinationFieldsProps) {
	const { sendsMail } = useViewer();
	const write = (key: string) => (value: string) => onChange({ ...fields, [key]: value });
	if (kind === undefined) {
		return (
			<Field
				label="Who"
				required
				help={sendsMail && "By mail, too, unless they have switched that off in their account."}
				error={missing === AUDIENCE && "Choose who is told."}
			>
				{(control) => (
					<Select {...control} value={fields.to ?? ""} options={offered.audiences} onChange={write(AUDIENCE)} />
				)}
			</Field>
		);
	}
	return kind.fields.map((field) => (
		<DestinationField
			key={field.key}
			{...{ team, offered, field, isMissing: missing === field.key }}
			value={fields[field.key] ?? ""}
			onChange={write(field.key)}
		/>
	));
}

interface DestinationFieldProps extends Pick<DestinationFieldsProps, "team" | "offered"> {
	field: KindField;
	isMissing: boolean;
	value: string;
	onChange: (value: string) => void;
}

function DestinationField({ team, offered, field, isMissing, value, onChange }: DestinationFieldProps) {
	const noMail = useMailProblem(field.mails ?? undefined, value !== "");
	return (
		<Field
			label={field.label}
			required={field.required}
			hint={field.required ? undefined : "optional"}
			help={noMail === undefined ? field.help : <span className="text-retrying">{noMail}</span>}
			error={isMissing && messageFor(field)}
		>
			{(control) =>
				field.credentials === null ? (
					<Input
						{...control}
						value={value}
						maxLength={8_000}
						autoComplete="off"
						spellCheck={false}
						placeholder={field.placeholder ?? ""}
						onChange={(event) => onChange(event.target.value)}
					/>
				) : (
					<CredentialField {...{ team, field, offered, control, value, onChange }} />
				)
			}
		</Field>
	);
}

function messageFor({ label, credentials }: KindField): string {
	if (credentials === null) return `Fill in “${label}”.`;
	return "Choose a credential of the team. Its admins add one here, or in the settings.";
}

/** The first field that has to be filled in and is not. */
export function missingField(kind: Kind | undefined, fields: Values): string | undefined {
	if (kind === undefined) return fields.to ? undefined : AUDIENCE;
	return kind.fields.find(({ key, required }) => required && !fields[key]?.trim())?.key;
}
