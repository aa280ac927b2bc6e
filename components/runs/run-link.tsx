import Link from "next/link";
import type { ReactNode } from "react";

interface RunLinkProps {
	team: string;
	/** The workflow and the number of the run. */
	run: { slug: string; workflow: string; number: number };
	/** What it is to the run that is shown. */
	children: ReactNode;
}

/** A line that leads to another run: one that has called this one, or that a step of it has called. */
export function RunLink({ team, run, children }: RunLinkProps) {
	return (
		<p className="px-4 pb-3 text-12 text-ink-2">
			{children}{" "}
			<Link href={`/${team}/workflows/${run.slug}/runs/${run.number}`} className="text-accent hover:underline">
				<bdi>{run.workflow}</bdi> / {run.number}
			</Link>
		</p>
	);
}
