"use client";

import { Lock } from "lucide-react";
import { useState } from "react";
import type { Outputs } from "@/components/trpc/types";
import { Field } from "@/components/ui/forms/field";
import { Input, InputBox } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";

type Policy = Outputs["sharing"]["list"]["policy"];

/** A link that is about to be made. */
export interface LinkDraft {
	shows: Outputs["sharing"]["list"]["links"][number]["shows"];
	name: string;
	/** Null: it does not end by itself. */
	hours: number | null;
	password: string;
}

const DAY = 24;
const ENDS = [
	{ hours: 1, label: "In an hour" },
	{ hours: DAY, label: "In a day" },
	{ hours: 7 * DAY, label: "In 7 days" },
	{ hours: 30 * DAY, label: "In 30 days" },
	{ hours: 90 * DAY, label: "In 90 days" },
	{ hours: null, label: "When it is revoked" },
] as const;

/** Everything but the logs and the inputs, which say most. */
export const FIRST_SHOWS: LinkDraft["shows"] = { settings: true, inputs: false, outputs: true, logs: false };

/** A week, or as long as is allowed. */
export function useLinkDraft(policy: Policy | undefined) {
	const [draft, setDraft] = useState<LinkDraft>({
		shows: FIRST_SHOWS,
		...{ name: "", hours: 7 * DAY, password: "" },
	});
	const longest = policy?.maxDays == null ? null : policy.maxDays * DAY;
	const tooLong = longest !== null && (draft.hours === null || draft.hours > longest);
	const change = (part: Partial<LinkDraft>) => setDraft((before) => ({ ...before, ...part }));
	return [tooLong ? { ...draft, hours: longest } : draft, change] as const;
}

interface LinkTermsProps {
	draft: LinkDraft;
	policy: Policy;
	onChange: (change: Partial<LinkDraft>) => void;
}

/** Whom a link is for, when it ends, and its password. */
export function LinkTerms({ draft, policy, onChange }: LinkTermsProps) {
	const { maxDays, needsPassword, isOn } = policy;
	if (!isOn)
		return (
			<p className="py-3 text-12 text-failed">Sharing by link is off here. An admin can turn it on in the settings.</p>
		);
	const allowed = ENDS.filter(({ hours }) => maxDays === null || (hours !== null && hours <= maxDays * DAY));
	const own = maxDays !== null && !allowed.some(({ hours }) => hours === maxDays * DAY);
	const ends = own ? [...allowed, { hours: maxDays * DAY, label: `In ${maxDays} days` }] : allowed;
	return (
		<div className="mt-2 grid grid-cols-2 gap-3 phone:grid-cols-1">
			<Field label="Expires">
				{(control) => (
					<Select
						{...control}
						value={String(draft.hours)}
						options={ends.map(({ hours, label }) => ({ value: String(hours), label }))}
						onChange={(value) => onChange({ hours: value === "null" ? null : Number(value) })}
					/>
				)}
			</Field>
			<Field label="Password" hint={needsPassword ? undefined : "optional"} required={needsPassword}>
				{(control) => (
					<InputBox
						{...control}
						icon={<Lock aria-hidden="true" />}
						type="password"
						autoComplete="new-password"
						maxLength={200}
						placeholder="None"
						value={draft.password}
						onChange={(event) => onChange({ password: event.target.value })}
					/>
				)}
			</Field>
			<Field label="For whom" hint="optional" className="col-span-full">
				{(control) => (
					<Input
						{...control}
						maxLength={120}
						placeholder="the auditors"
						value={draft.name}
						onChange={(event) => onChange({ name: event.target.value })}
					/>
				)}
			</Field>
		</div>
	);
}
