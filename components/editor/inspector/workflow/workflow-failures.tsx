"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { OwnDestinations } from "@/components/failures/destinations";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { ErrorRow } from "@/components/ui/error-row";
import { Field } from "@/components/ui/forms/field";
import { Select } from "@/components/ui/forms/select";
import { Skeleton } from "@/components/ui/skeleton";

type Listed = Outputs["failures"]["list"];

interface Place {
	team: string;
	slug: string;
}

const RULES = [
	{ value: "team", label: "As the team does" },
	{ value: "also", label: "As the team does, and also …" },
	{ value: "nobody", label: "Tell nobody" },
] as const;

/** Who is told when the workflow fails. It holds at once, and is part of no version. */
export function WorkflowFailures({ team, slug }: Place) {
	const trpc = useTRPC();
	const list = useQuery(trpc.failures.list.queryOptions({ team, slug }));
	if (list.error)
		return (
			<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
				{errorText(list.error)}
			</ErrorRow>
		);
	if (!list.data) return <Skeleton className="mx-4 mb-4 h-20" />;
	return (
		<div className="grid gap-3 px-4 pb-4">
			<RuleField team={team} slug={slug} rule={list.data.rule ?? "team"} />
			<TeamLine team={team} listed={list.data} />
			{list.data.rule === "also" && <OwnDestinations place={{ team, slug }} />}
		</div>
	);
}

function RuleField({ team, slug, rule }: Place & { rule: NonNullable<Listed["rule"]> }) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const saving = useMutation(
		trpc.failures.setRule.mutationOptions({
			onSettled: () => queries.invalidateQueries(trpc.failures.list.queryFilter({ team, slug })),
		}),
	);
	const choose = (value: string) => {
		const chosen = RULES.find((each) => each.value === value)?.value;
		if (chosen !== undefined) saving.mutate({ team, slug, rule: chosen });
	};
	return (
		<Field label="Tell" help="Holds at once, without publishing.">
			{(control) => (
				<Select
					{...control}
					value={saving.isPending ? saving.variables.rule : rule}
					options={RULES}
					disabled={saving.isPending}
					onChange={choose}
				/>
			)}
		</Field>
	);
}

/** Where the team is told, and the way there. */
function TeamLine({ team, listed: { rule, ofTeam } }: { team: string; listed: Listed }) {
	if (rule === "nobody") return null;
	const names = ofTeam.map(({ name, detail }) => (detail === "" ? name : `${name} (${detail})`));
	return (
		<p className="break-words text-12 text-ink-3">
			{names.length === 0 ? "The team tells nobody yet. " : `The team tells ${list.format(names)}. `}
			<Link href={`/${team}/settings/failures`} className="text-accent hover:underline">
				Settings of the team
			</Link>
		</p>
	);
}

const list = new Intl.ListFormat("en-GB", { type: "conjunction" });
