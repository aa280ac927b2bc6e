"use client";

import { CalendarClock, Ellipsis, Inbox, LayoutTemplate, Settings, Siren, Workflow } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { FiringBadge } from "../alerts/firing-badge";
import { UnreadBadge } from "../inbox/unread-badge";
import { CreateTeamDialog } from "../members/create-team-dialog";
import { cn } from "../ui/class-names";
import { UserMenu } from "./user-menu";
import { useViewer } from "./viewer-context";

const tabClasses =
	"grid content-center justify-items-center gap-1 font-medium text-[10px] text-ink-2 leading-3 tracking-tight [&>svg]:size-5";

function TabLink({ href, under, icon, label }: { href: string; under: string; icon: ReactNode; label: string }) {
	const on = usePathname().startsWith(under);
	return (
		<Link href={href} aria-current={on ? "page" : undefined} className={cn(tabClasses, on && "text-accent")}>
			{icon}
			{label}
		</Link>
	);
}

/** The sidebar's place below 640 px. */
export function PhoneTabs() {
	const { team } = useViewer();
	const [creating, setCreating] = useState(false);
	const path = usePathname();
	const isUnderMore = ["costs", "deliveries", "prompts"].some((page) => path.startsWith(`/${team.slug}/${page}`));
	return (
		<nav aria-label="Main" className="hidden h-16 flex-none grid-cols-7 border-line border-t bg-page pb-2 phone:grid">
			<TabLink href={`/${team.slug}/inbox`} under={`/${team.slug}/inbox`} icon={<InboxIcon />} label="Inbox" />
			<TabLink
				href={`/${team.slug}/workflows`}
				under={`/${team.slug}/workflows`}
				icon={<Workflow />}
				label="Workflows"
			/>
			<TabLink
				href={`/${team.slug}/schedules`}
				under={`/${team.slug}/schedules`}
				icon={<CalendarClock />}
				label="Schedules"
			/>
			<TabLink href={`/${team.slug}/alerts`} under={`/${team.slug}/alerts`} icon={<AlertsIcon />} label="Alerts" />
			<TabLink
				href={`/${team.slug}/templates`}
				under={`/${team.slug}/templates`}
				icon={<LayoutTemplate />}
				label="Templates"
			/>
			<TabLink
				href={`/${team.slug}/settings/members`}
				under={`/${team.slug}/settings`}
				icon={<Settings />}
				label="Settings"
			/>
			<UserMenu
				onCreateTeam={() => setCreating(true)}
				trigger={
					<button
						type="button"
						className={cn(tabClasses, "data-[state=open]:text-accent", isUnderMore && "text-accent")}
					>
						<Ellipsis aria-hidden="true" />
						More
					</button>
				}
			/>
			{creating && <CreateTeamDialog onClose={() => setCreating(false)} />}
		</nav>
	);
}

function AlertsIcon() {
	return (
		<span className="relative">
			<Siren aria-hidden="true" className="size-5" />
			<FiringBadge className="-top-1.5 absolute left-3" />
		</span>
	);
}

function InboxIcon() {
	return (
		<span className="relative">
			<Inbox aria-hidden="true" className="size-5" />
			<UnreadBadge className="-top-1.5 absolute left-3" />
		</span>
	);
}
