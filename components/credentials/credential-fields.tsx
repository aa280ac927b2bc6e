"use client";

import { Plus, X } from "lucide-react";
import { warningAbout } from "@/server/credentials/common-values";
import { type CredentialField, MAX_CREDENTIAL_LENGTH } from "@/server/credentials/credential-definition";
import { optionLabel } from "../editor/inspector/fields/describe-fields";
import { Button } from "../ui/button";
import { Field, type FieldControl } from "../ui/forms/field";
import { Input, Textarea } from "../ui/forms/input";
import { Select } from "../ui/forms/select";
import { IconButton } from "../ui/icon-button";
import type { CredentialDraft, Pair } from "./check-credential";

/** Shows dots for what is typed. The browser keeps none of it, and asks nobody to. */
const HIDDEN = "font-mono [-webkit-text-security:disc]";
/** One more than is taken: a value that is too long is refused, not cut unseen. */
const LONGEST = MAX_CREDENTIAL_LENGTH + 1;
const FIRST_PAIR: readonly Pair[] = [{ name: "", value: "" }];

interface CredentialFieldsProps {
	fields: readonly CredentialField[];
	draft: CredentialDraft;
	problems: Readonly<Record<string, string>>;
	onChange: (draft: CredentialDraft) => void;
}

/** The form of a type of credential. */
export function CredentialFields({ fields, draft, problems, onChange }: CredentialFieldsProps) {
	return fields.map((field) => {
		const value = draft[field.name] ?? "";
		const set = (changed: string | readonly Pair[]) => onChange({ ...draft, [field.name]: changed });
		return (
			<Field
				key={field.name}
				label={field.label}
				hint={field.isOptional ? "optional" : undefined}
				help={noteOn(field, value) ?? field.help}
				error={problems[field.name]}
				required={!field.isOptional}
				group={field.input === "pairs"}
			>
				{(control) =>
					field.input === "pairs" ? (
						<PairRows pairs={typeof value === "string" ? FIRST_PAIR : value} onChange={set} />
					) : (
						<TextInput field={field} text={typeof value === "string" ? value : ""} control={control} onChange={set} />
					)
				}
			</Field>
		);
	});
}

/** Which of the values are too short, or too ordinary, to be hidden. */
function noteOn({ input }: CredentialField, value: string | readonly Pair[]): string | undefined {
	if (input === "text" || input === "select") return undefined;
	return warningAbout(typeof value === "string" ? [value] : value.map((pair) => pair.value)) ?? undefined;
}

interface TextInputProps {
	field: CredentialField;
	text: string;
	control: FieldControl;
	onChange: (text: string) => void;
}

/** Takes a choice back; Radix reserves the empty string. */
const NONE = "\u2205";

function ChoiceInput({ field: { options, isOptional }, text, control, onChange }: TextInputProps) {
	const choices = options.map((value) => ({ value, label: optionLabel(value) }));
	return (
		<Select
			{...control}
			value={text}
			placeholder={isOptional ? "Not set" : "Choose one"}
			options={isOptional ? [{ value: NONE, label: "Not set" }, ...choices] : choices}
			onChange={(chosen) => onChange(chosen === NONE ? "" : chosen)}
		/>
	);
}

function TextInput(props: TextInputProps) {
	const { input, placeholder } = props.field;
	const { text, control, onChange } = props;
	if (input === "select") return <ChoiceInput {...props} />;
	const shared = {
		...control,
		value: text,
		maxLength: LONGEST,
		placeholder,
		autoComplete: "off",
		spellCheck: false,
		className: input === "text" ? "font-mono" : HIDDEN,
	};
	if (input === "lines") return <Textarea {...shared} onChange={(event) => onChange(event.target.value)} />;
	return <Input {...shared} onChange={(event) => onChange(event.target.value)} />;
}

function PairRows({ pairs, onChange }: { pairs: readonly Pair[]; onChange: (pairs: readonly Pair[]) => void }) {
	const change = (at: number, part: Partial<Pair>) =>
		onChange(pairs.map((pair, index) => (index === at ? { ...pair, ...part } : pair)));
	return (
		<div className="grid gap-2">
			{pairs.map((pair, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
				<div key={at} className="flex items-center gap-2">
					<Input
						aria-label={`Name ${at + 1}`}
						placeholder="NAME"
						value={pair.name}
						maxLength={65}
						autoComplete="off"
						spellCheck={false}
						className="flex-2 font-mono"
						onChange={(event) => change(at, { name: event.target.value })}
					/>
					<Input
						aria-label={`Value ${at + 1}`}
						value={pair.value}
						maxLength={LONGEST}
						autoComplete="off"
						spellCheck={false}
						className={`flex-3 ${HIDDEN}`}
						onChange={(event) => change(at, { value: event.target.value })}
					/>
					<IconButton
						label={`Remove value ${at + 1}`}
						size="panel"
						disabled={pairs.length === 1}
						onClick={() => onChange(pairs.filter((_, index) => index !== at))}
					>
						<X />
					</IconButton>
				</div>
			))}
			<div>
				<Button onClick={() => onChange([...pairs, { name: "", value: "" }])}>
					<Plus />
					Add a value
				</Button>
			</div>
		</div>
	);
}
