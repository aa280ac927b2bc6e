"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";
import { Dialog } from "../../ui/dialog";
import { ErrorRow } from "../../ui/error-row";
import { SkeletonRows } from "../../ui/skeleton";
import { RunDialog } from "../start/run-dialog";

interface RunFromListProps {
	team: string;
	workflow: { slug: string; name: string };
	onClose: () => void;
}

/** The list does not know what a workflow asks for: that is read when somebody wants to run it. */
export function RunFromList({ team, workflow: { slug, name }, onClose }: RunFromListProps) {
	const trpc = useTRPC();
	const detail = useQuery(trpc.workflows.get.queryOptions({ team, slug }));
	const onOpenChange = (open: boolean) => {
		if (!open) onClose();
	};
	if (detail.data) {
		const { plan, estimate } = detail.data;
		return (
			<RunDialog
				open
				onOpenChange={onOpenChange}
				team={team}
				slug={slug}
				name={name}
				inputs={plan.inputs}
				estimate={estimate}
			/>
		);
	}
	return (
		<Dialog open onOpenChange={onOpenChange} title={`Run ${name}`}>
			{detail.error ? (
				<ErrorRow onRetry={() => void detail.refetch()} busy={detail.isFetching} className="px-0">
					{errorText(detail.error)}
				</ErrorRow>
			) : (
				<SkeletonRows rows={2} label="Loading the form" />
			)}
		</Dialog>
	);
}
