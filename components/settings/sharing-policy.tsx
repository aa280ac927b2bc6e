"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import type { Outputs } from "../trpc/types";
import { GuardedSwitch } from "../ui/forms/guarded-switch";
import { Select } from "../ui/forms/select";
import { GuardedButton } from "../ui/guarded";
import { Skeleton } from "../ui/skeleton";

type Policies = Outputs["sharing"]["policy"];

const ANY = "any";
const NO_LIMIT = "No limit";
const TERMS = [
	{ value: ANY, label: NO_LIMIT },
	...[1, 7, 30, 90, 365].map((days) => ({ value: String(days), label: describeDays(days) })),
];

function describeDays(days: number): string {
	return days === 1 ? "1 day" : `${days} days`;
}

/** What the team allows of links; what the server does not allow cannot be allowed here. */
export function SharingPolicy({ team }: { team: string }) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const found = useQuery(trpc.sharing.policy.queryOptions({ team }));
	const set = useMutation(
		trpc.sharing.setPolicy.mutationOptions({
			onSettled: () =>
				Promise.all([
					queries.invalidateQueries(trpc.sharing.policy.queryFilter({ team })),
					queries.invalidateQueries(trpc.sharing.list.queryFilter({ team })),
				]),
		}),
	);
	const whyNot = useWhyNot("sharing:manage");
	if (!found.data) return <Skeleton className="mb-6 h-30 w-full" />;
	const { team: own, instance } = found.data;
	const change = (part: Partial<Policies["team"]>) => {
		const { maxDays, ...rest } = { ...own, ...part };
		set.mutate({ team, ...rest, maxDays: maxDays ?? undefined });
	};
	return (
		<section aria-label="What links may do" className="mb-6 rounded-3 border border-line bg-panel px-4 shadow-1">
			<Rule
				label="Sharing by link"
				help={
					instance.isOn
						? "While this is off, no link works, not even existing ones."
						: "The server’s administrator has turned it off."
				}
			>
				{(id) => (
					<GuardedSwitch
						id={id}
						whyNot={whyNot}
						disabled={set.isPending || !instance.isOn}
						checked={own.isOn && instance.isOn}
						onCheckedChange={(isOn) => change({ isOn })}
					/>
				)}
			</Rule>
			<Rule
				label="Require a password"
				help={instance.needsPassword ? "The server’s administrator requires it." : "Links without one stop working."}
			>
				{(id) => (
					<GuardedSwitch
						id={id}
						whyNot={whyNot}
						disabled={set.isPending || instance.needsPassword}
						checked={own.needsPassword || instance.needsPassword}
						onCheckedChange={(needsPassword) => change({ needsPassword })}
					/>
				)}
			</Rule>
			<Rule
				label="Longest lifetime of a link"
				help={
					instance.maxDays === null
						? "Counted from when the link was created."
						: `This server allows ${instance.maxDays} days.`
				}
			>
				{(id) =>
					whyNot === undefined ? (
						<Select
							id={id}
							disabled={set.isPending}
							className="w-40"
							value={own.maxDays === null ? ANY : String(own.maxDays)}
							options={TERMS}
							onChange={(value) => change({ maxDays: value === ANY ? null : Number(value) })}
						/>
					) : (
						<GuardedButton id={id} size="form" className="w-40 aria-disabled:text-ink-2" whyNot={whyNot}>
							{own.maxDays === null ? NO_LIMIT : describeDays(own.maxDays)}
						</GuardedButton>
					)
				}
			</Rule>
		</section>
	);
}

interface RuleProps {
	label: string;
	help: string;
	children: (id: string) => ReactNode;
}

function Rule({ label, help, children }: RuleProps) {
	const id = useId();
	return (
		<div className="flex min-h-14 items-center gap-3 border-line-soft py-2 [&+&]:border-t">
			<label htmlFor={id} className="min-w-0 flex-1">
				<span className="block font-medium">{label}</span>
				<span className="block text-12 text-ink-3">{help}</span>
			</label>
			{children(id)}
		</div>
	);
}
