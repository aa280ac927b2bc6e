"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { useTRPC } from "../trpc/client";
import type { Outputs } from "../trpc/types";
import { Select } from "../ui/forms/select";
import { Switch } from "../ui/forms/toggles";
import { Skeleton } from "../ui/skeleton";

type Policies = Outputs["sharing"]["policy"];

const DAYS = [1, 7, 30, 90, 365];

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
	if (!found.data) return <Skeleton className="mb-6 h-30 w-full" />;
	const { team: own, instance, canManage } = found.data;
	const change = (part: Partial<Policies["team"]>) => {
		const { maxDays, ...rest } = { ...own, ...part };
		set.mutate({ team, ...rest, maxDays: maxDays ?? undefined });
	};
	const disabled = !canManage || set.isPending;
	return (
		<section aria-label="What links may do" className="mb-6 rounded-3 border border-line bg-panel px-4 shadow-1">
			<Rule
				label="Sharing by link"
				help={instance.isOn ? "Off: no link works, those that exist included" : "Off on this server"}
			>
				{(id) => (
					<Switch
						id={id}
						disabled={disabled || !instance.isOn}
						checked={own.isOn && instance.isOn}
						onCheckedChange={(isOn) => change({ isOn })}
					/>
				)}
			</Rule>
			<Rule
				label="Every link has a password"
				help={instance.needsPassword ? "Required on this server" : "Links without one stop working"}
			>
				{(id) => (
					<Switch
						id={id}
						disabled={disabled || instance.needsPassword}
						checked={own.needsPassword || instance.needsPassword}
						onCheckedChange={(needsPassword) => change({ needsPassword })}
					/>
				)}
			</Rule>
			<Rule
				label="A link lasts at most"
				help={instance.maxDays === null ? "Counted from when it was made" : `${instance.maxDays} days on this server`}
			>
				{(id) => (
					<Select
						id={id}
						disabled={disabled}
						className="w-40"
						value={String(own.maxDays ?? "")}
						placeholder="As long as it likes"
						options={[
							{ value: "any", label: "As long as it likes" },
							...DAYS.map((days) => ({ value: String(days), label: days === 1 ? "1 day" : `${days} days` })),
						]}
						onChange={(value) => change({ maxDays: value === "any" ? null : Number(value) })}
					/>
				)}
			</Rule>
			{!canManage && <p className="pb-3 text-12 text-ink-3">An admin of the team can change this.</p>}
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
