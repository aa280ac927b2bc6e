"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useAction } from "../actions/actions-context";

interface NoRunsYetProps {
	/** The editor's own page. */
	href: string;
	/** The published version, null until the first. */
	version: number | null;
}

/** The runs of a workflow that never ran: the button that starts one, or the way to what keeps it back. */
export function NoRunsYet({ href, version }: NoRunsYetProps) {
	const start = useAction("run");
	const why = start?.reason?.();
	return (
		<EmptyState
			title="No runs yet"
			className="pt-20"
			action={
				why === undefined ? (
					<Button intent="tonal" size="form" onClick={() => start?.run()}>
						{version === null ? "Test the draft" : `Run v${version}`}
					</Button>
				) : (
					<Button asChild size="form">
						<Link href={href}>Back to the editor</Link>
					</Button>
				)
			}
		>
			{why === undefined
				? "Every run of this workflow is kept here, with its steps, logs and cost."
				: `It cannot run yet: ${why}.`}
		</EmptyState>
	);
}
