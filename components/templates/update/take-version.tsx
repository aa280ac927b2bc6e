"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { GitMerge } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { catalog } from "@/server/nodes/catalog";
import { isError } from "@/server/plan/issue";
import type { NodeId, Plan, PlanNode } from "@/server/plan/plan";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { MarkedCanvas } from "../../editor/panels/changes/marked-canvas";
import { MergePanel } from "../../editor/panels/merge/merge-panel";
import { useMerge } from "../../editor/panels/merge/use-merge";
import { useWhyNot } from "../../shell/why-not";
import { useTRPC } from "../../trpc/client";
import type { Outputs } from "../../trpc/types";
import { Mark } from "../../ui/mark";
import { showDone, showError } from "../../ui/toasts/toaster";

interface TakeVersionProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
	newer: NonNullable<Outputs["templates"]["newer"]>;
}

/** Both sides' changes since the version that the workflow has, on one canvas, and what is to become of them. */
export function TakeVersion({ team, draft, newer }: TakeVersionProps) {
	const { base, theirs, from, version, template } = newer;
	const plans = { base, mine: draft.plan, theirs };
	const work = useMerge(plans, { theirName: "template", isSameStep });
	const [selected, setSelected] = useState<NodeId | null>(null);
	const problems = useProblems(work.merge.plan, draft.credentials);
	const router = useRouter();
	const path = `/${team}/workflows/${draft.slug}`;
	const taking = useTakeVersion({ team, slug: draft.slug, version });
	const whyNot = useWhyNot("workflow:edit");
	const save = () =>
		taking.mutate({ team, slug: draft.slug, plan: work.merge.plan, revision: draft.revision, version });
	return (
		<div className="grid h-dvh grid-rows-[auto_minmax(0,1fr)]">
			<header className="flex min-h-12 min-w-0 items-center gap-2.5 border-line border-b bg-page px-3 phone:flex-wrap phone:py-1">
				<Link href={path} aria-label={`Back to ${draft.name}`} className="rounded-2 p-1 phone:p-3">
					<Mark />
				</Link>
				<GitMerge aria-hidden="true" className="size-4 flex-none text-ink-3" />
				<h1 className="min-w-0 truncate text-13">
					{template.name} has version {version}
				</h1>
				<p className="min-w-0 truncate text-ink-2 phone:basis-full phone:whitespace-normal phone:pb-1">
					{draft.name} was made from version {from}. Nothing of yours is lost.
				</p>
			</header>
			<div className="grid min-h-0 grid-cols-[minmax(0,1fr)_440px] phone:grid-cols-1 phone:grid-rows-[32dvh_minmax(0,1fr)]">
				<main className="min-h-0 min-w-0">
					<MarkedCanvas
						before={base}
						after={work.merge.plan}
						marks={work.merge.marks}
						selected={selected}
						onSelect={setSelected}
						label="Your workflow with the newer version"
					/>
				</main>
				<MergePanel
					work={work}
					plans={plans}
					names={{ mine: "Yours", theirs: `Version ${version}` }}
					faces={undefined}
					revisions={`version ${from} → ${version} and yours`}
					problems={problems}
					selected={selected}
					onSelect={setSelected}
					onCancel={() => router.push(path)}
					whyNot={whyNot}
					onSave={save}
				/>
			</div>
		</div>
	);
}

/** Both sides have added it: what they say differently of it is a conflict. */
function isSameStep(mine: PlanNode, theirs: PlanNode): boolean {
	return mine.type === theirs.type && mine.name === theirs.name;
}

function useProblems(plan: Plan, credentials: readonly string[] | null): number {
	return useMemo(() => {
		const issues = validatePlan(plan, { definitions: catalog, ...(credentials && { credentials }) });
		return issues.filter(isError).length;
	}, [plan, credentials]);
}

function useTakeVersion({ team, slug, version }: { team: string; slug: string; version: number }) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	return useMutation({
		...trpc.templates.take.mutationOptions(),
		onSuccess: async (written) => {
			await queries.invalidateQueries(trpc.workflows.pathFilter());
			await queries.invalidateQueries(trpc.templates.pathFilter());
			if (written.status === "conflict")
				return showError("Somebody else saved the draft in the meantime. Look at both again, then save.");
			showDone(`The draft has version ${version} now`, "Test it, then publish it.");
			router.push(`/${team}/workflows/${slug}`);
		},
	});
}
