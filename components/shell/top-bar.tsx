import Link from "next/link";
import type { ReactNode } from "react";
import { InboxBell } from "@/components/inbox/inbox-bell";
import { Mark } from "@/components/ui/mark";
import { PillLink } from "@/components/ui/pill-link";
import { Slash } from "./slash";

interface TopBarProps {
	team: string;
	teamName: string;
	workflow: { slug: string; name: string };
	tab: "workflow" | "runs";
	/** What the first tab is called: `Editor` where the workflow can be drawn. */
	home?: string;
	/** In the place of its name, which leads to its page. */
	title?: ReactNode;
	/** What is done with the workflow, beside its name. */
	menu?: ReactNode;
	/** After the workflow's name. */
	trail?: ReactNode;
	actions?: ReactNode;
}

/** The bar of the pages without a sidebar; the mark leads back. */
export function TopBar({ team, teamName, workflow, tab, home = "Workflow", title, menu, trail, actions }: TopBarProps) {
	const base = `/${team}/workflows/${workflow.slug}`;
	return (
		<header className="col-span-full grid h-12 min-w-0 grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-3 border-line border-b bg-page px-3 max-lg:grid-cols-[minmax(0,1fr)_auto_auto] phone:h-auto phone:grid-cols-[minmax(0,1fr)_auto] phone:gap-y-0 phone:py-1">
			<div className="flex min-w-0 items-center gap-2">
				<Link href={`/${team}/workflows`} aria-label="All workflows" className="rounded-2 p-1 phone:p-3">
					<Mark />
				</Link>
				<span aria-hidden="true" className="h-5 w-px flex-none bg-line phone:hidden" />
				<div className="flex min-w-0 items-center gap-2 phone:relative phone:grid phone:min-h-11 phone:content-center phone:gap-0.5">
					<div className="flex min-w-0 items-center gap-1.5 whitespace-nowrap pl-1 text-ink-2">
						<Link href={`/${team}/workflows`} className="min-w-10 shrink-[999] truncate hover:text-ink max-xl:hidden">
							{teamName}
						</Link>
						<span className="max-xl:hidden">
							<Slash />
						</span>
						{title ?? (
							<Link
								href={base}
								className="min-w-0 truncate font-semibold text-ink phone:after:absolute phone:after:inset-0"
							>
								{workflow.name}
							</Link>
						)}
						{menu}
					</div>
					<div className="flex min-w-0 items-center gap-2 phone:pointer-events-none phone:pl-1 phone:[&_button]:pointer-events-auto phone:[&_button]:z-10">
						{trail}
					</div>
				</div>
			</div>
			<nav aria-label="Workflow" className="flex gap-1 phone:order-last phone:col-span-full">
				<PillLink href={base} on={tab === "workflow"} current="page" className={TAB}>
					{home}
				</PillLink>
				<PillLink href={`${base}?tab=runs`} on={tab === "runs"} current="page" className={TAB}>
					Runs
				</PillLink>
			</nav>
			<div className="flex items-center justify-end gap-2">
				{actions}
				<InboxBell />
			</div>
		</header>
	);
}

const TAB = "phone:flex-1 phone:justify-center";
