"use client";

import { Select } from "@/components/ui/forms/select";
import type { Issue } from "@/server/plan/issue";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { wordsText } from "../../fields/field-text";
import { useInspector } from "../../inspector-context";

interface SecretFieldProps {
	label: string;
	/** The name of a credential, or of a part of one. */
	value: string | undefined;
	/** Writes it; false when the plan cannot hold it. */
	onWrite: (value: string | undefined) => boolean;
	issues?: readonly Issue[];
	help?: string | undefined;
	/** What stands there while none is chosen. */
	none?: string;
}

const NONE = "none";

/** A credential of the team: its value stands in no plan. */
export function SecretField({
	label,
	value,
	onWrite,
	issues = [],
	help,
	none = "Choose a credential",
}: SecretFieldProps) {
	const { credentials } = useInspector();
	if (credentials === undefined || credentials.length === 0) {
		return (
			<CheckedField
				label={label}
				value={value}
				form={wordsText}
				issues={issues}
				placeholder="SHOP_SECRET"
				help={help ?? "The name of a credential of the team: add one under Settings, Credentials."}
				onWrite={(next) => onWrite(typeof next === "string" ? next : undefined)}
				expected="Name a credential, as in SHOP_SECRET."
			/>
		);
	}
	const known = value !== undefined && !credentials.includes(value) ? [value] : [];
	const options = [
		{ value: NONE, label: none },
		...[...credentials, ...known].map((each) => ({ value: each, label: each })),
	];
	return (
		<FieldFrame label={label} issues={issues} help={help}>
			{(control) => (
				<Select
					{...control}
					value={value ?? NONE}
					options={options}
					onChange={(next) => onWrite(next === NONE ? undefined : next)}
				/>
			)}
		</FieldFrame>
	);
}
