"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { Field } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { GuardedButton } from "../ui/guarded";

interface BudgetFormProps {
	label: string;
	help: ReactNode;
	/** As it is stored; null without a limit. */
	budgetUsd: number | null;
	/** Why it cannot be changed; undefined where it can. */
	whyNot: ReactNode | undefined;
	/** Why it was not stored. */
	problem: string | undefined;
	isSaving: boolean;
	/** The amount as a text; "" for no limit. */
	onSave: (budget: string) => void;
}

/** An amount of dollars a month, or none. */
export function BudgetForm({ label, help, budgetUsd, whyNot, problem, isSaving, onSave }: BudgetFormProps) {
	const [typed, setTyped] = useState<string>();
	const text = typed ?? (budgetUsd === null ? "" : String(budgetUsd));
	const read = readDollars(text);
	const isChanged = read !== undefined && read !== budgetUsd;
	const save = (event: FormEvent) => {
		event.preventDefault();
		if (whyNot === undefined && read !== undefined) onSave(read === null ? "" : String(read));
	};
	const wrong = read === undefined ? "Enter an amount in dollars, such as 50, or nothing for no limit." : problem;
	return (
		<form onSubmit={save} className="grid gap-1">
			<Field label={label} help={help} error={wrong}>
				{(control) => (
					<div className="flex gap-2">
						<Input
							{...control}
							inputMode="decimal"
							placeholder="No limit"
							className="w-40"
							readOnly={whyNot !== undefined}
							value={text}
							onChange={({ target: { value } }) => setTyped(value)}
						/>
						<GuardedButton
							type="submit"
							size="form"
							whyNot={whyNot}
							busy={isSaving}
							disabled={!isChanged && whyNot === undefined}
						>
							Save
						</GuardedButton>
					</div>
				)}
			</Field>
		</form>
	);
}

/** Null for nothing typed; undefined for what is no amount. */
function readDollars(text: string): number | null | undefined {
	const bare = text.trim().replace(/^\$/, "").replaceAll(",", "");
	if (bare === "") return null;
	return /^\d{1,9}(\.\d{1,6})?$/.test(bare) ? Number(bare) : undefined;
}
