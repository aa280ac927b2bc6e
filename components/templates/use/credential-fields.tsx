"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { CredentialDialog } from "../../credentials/credential-dialog";
import { useTRPC } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";
import { Button } from "../../ui/button";
import { ErrorRow } from "../../ui/error-row";
import { Field } from "../../ui/forms/field";
import { Select } from "../../ui/forms/select";
import { Skeleton } from "../../ui/skeleton";
import type { CredentialChoices, CredentialQuestion } from "./use-template-data";

/** No credential is called so: their names have no spaces. */
const LATER = "not now";
/** What the steps of templates read: one value. */
const ONE_VALUE = ["token"] as const;

interface CredentialFieldsProps {
	team: string;
	questions: readonly CredentialQuestion[];
	choices: CredentialChoices;
	onChange: (choices: CredentialChoices) => void;
}

/** For each credential of a template one of the team's, a new one, or later. */
export function CredentialFields({ team, questions, choices, onChange }: CredentialFieldsProps) {
	const trpc = useTRPC();
	const list = useQuery(trpc.credentials.list.queryOptions({ team }));
	const [adding, setAdding] = useState<string | null>(null);
	if (list.error && !list.data) {
		return (
			<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
				{errorText(list.error)}
			</ErrorRow>
		);
	}
	if (!list.data) return <Skeleton className="h-8 w-full" />;
	const { credentials } = list.data;
	const fitting = credentials.filter(hasOneValue).map(({ name }) => name);
	const choose = (question: string, chosen: string) =>
		onChange({ ...choices, [question]: chosen === LATER ? null : chosen });
	return (
		<div className="grid gap-3">
			{questions.map(({ name, label, help }) => (
				<Field key={name} label={label} hint="optional" help={help}>
					{(control) => (
						<div className="flex gap-2">
							<Select
								{...control}
								value={choices[name] ?? LATER}
								options={[{ value: LATER, label: "Later" }, ...fitting.map((value) => ({ value, label: value }))]}
								onChange={(chosen) => choose(name, chosen)}
							/>
							<Button size="form" onClick={() => setAdding(name)}>
								<Plus />
								Add
							</Button>
						</div>
					)}
				</Field>
			))}
			{adding !== null && (
				<CredentialDialog
					team={team}
					types={ONE_VALUE}
					others={credentials}
					onSaved={({ name }) => choose(adding, name)}
					onClose={() => setAdding(null)}
				/>
			)}
		</div>
	);
}

/** References read it by its name alone. */
function hasOneValue({ parts }: { parts: readonly string[] }): boolean {
	return parts.length === 1 && parts[0] === "";
}
