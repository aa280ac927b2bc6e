"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { CREDENTIAL_TYPES } from "@/server/credentials/catalog";
import { CredentialDialog, type SavedCredential } from "../credentials/credential-dialog";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import type { Outputs } from "../trpc/types";
import type { FieldControl } from "../ui/forms/field";
import { Select } from "../ui/forms/select";
import { GuardedButton } from "../ui/guarded";

type Offered = Outputs["failures"]["list"];

/** Stands for an empty field in a list, which can hold no empty value. */
const NONE = "-";

interface CredentialFieldProps {
	team: string;
	field: Offered["kinds"][number]["fields"][number];
	offered: Offered;
	control: FieldControl;
	/** The name of the credential; empty for none. */
	value: string;
	onChange: (name: string) => void;
}

/** Chooses one of the team’s credentials, or adds one: personal ones are read in runs of their owner alone. */
export function CredentialField({ team, field, offered, control, value, onChange }: CredentialFieldProps) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const whyNot = useWhyNot("credential:manage");
	const [isAdding, setAdding] = useState(false);
	const types = CREDENTIAL_TYPES.filter((type) => field.credentials !== null && Object.hasOwn(field.credentials, type));
	const fitting = offered.credentials.filter(({ type }) => types.includes(type));
	const named = fitting.map(({ name }) => ({ value: name, label: name }));
	const take = async ({ name, isPersonal }: SavedCredential) => {
		await queries.invalidateQueries(trpc.failures.list.queryFilter({ team }));
		if (!isPersonal) onChange(name);
	};
	return (
		<div className="flex gap-2 phone:flex-wrap">
			<Select
				{...control}
				value={value || (field.required ? "" : NONE)}
				options={field.required ? named : [{ value: NONE, label: "None" }, ...named]}
				placeholder="Choose a credential"
				onChange={(chosen) => onChange(chosen === NONE ? "" : chosen)}
			/>
			<GuardedButton size="form" className="flex-none" whyNot={whyNot} onClick={() => setAdding(true)}>
				<Plus />
				Add one
			</GuardedButton>
			{isAdding && (
				<CredentialDialog
					team={team}
					types={types}
					others={offered.credentials.map(({ name }) => ({ name, isPersonal: false }))}
					onSaved={(saved) => void take(saved)}
					onClose={() => setAdding(false)}
				/>
			)}
		</div>
	);
}
