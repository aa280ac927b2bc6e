"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import type { JsonObject } from "@/server/plan/values/json";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { Chip } from "../ui/chip";
import { Dialog } from "../ui/dialog";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { RelativeTime } from "../ui/relative-time";
import { SkeletonRows } from "../ui/skeleton";

interface TakeSampleProps {
	team: string;
	prompt: string;
	onTake: (values: JsonObject) => void;
}

/** Fills the sample data with what a step of a run has handed to the prompt. */
export function TakeSample({ team, prompt, onTake }: TakeSampleProps) {
	const [open, setOpen] = useState(false);
	return (
		<>
			<Button className="justify-self-start" onClick={() => setOpen(true)}>
				<History />
				Take from a run
			</Button>
			{open && <TakeDialog {...{ team, prompt, onTake }} onClose={() => setOpen(false)} />}
		</>
	);
}

function TakeDialog({ team, prompt, onTake, onClose }: TakeSampleProps & { onClose: () => void }) {
	const samples = useQuery(useTRPC().prompts.samples.queryOptions({ team, prompt }, { staleTime: 0 }));
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Take sample data from a run"
			description="What steps have handed to this prompt lately. Secrets are hidden, as on the run’s page."
		>
			{samples.isPending && <SkeletonRows rows={4} rowClassName="h-10" label="Loading what runs have used" />}
			{samples.error && (
				<ErrorRow onRetry={() => void samples.refetch()} busy={samples.isFetching}>
					{errorText(samples.error)}
				</ErrorRow>
			)}
			{samples.data?.length === 0 && (
				<EmptyState title="No run has used it yet" className="py-8">
					Run a workflow whose step uses this prompt, then take its values from there.
				</EmptyState>
			)}
			<ul aria-label="Steps that used the prompt" className="grid">
				{samples.data?.map(({ runId, number, workflow, nodeId, iteration, version, at, variables }) => (
					<li key={`${runId} ${nodeId} ${iteration}`} className="border-line-soft border-b last:border-b-0">
						<button
							type="button"
							className="flex min-h-10 w-full items-center gap-2 rounded-2 px-2 text-left hover:bg-fill phone:min-h-12"
							onClick={() => {
								onTake(variables);
								onClose();
							}}
						>
							<span className="min-w-0 flex-1">
								<span className="block truncate font-medium">{`${workflow}, run ${number}`}</span>
								<span className="block truncate font-mono text-11 text-ink-3">{JSON.stringify(variables)}</span>
							</span>
							<Chip>v{version}</Chip>
							<RelativeTime at={at} className="flex-none text-12 text-ink-3" />
						</button>
					</li>
				))}
			</ul>
		</Dialog>
	);
}
