"use client";

import {
	BookText,
	CalendarClock,
	CircleDollarSign,
	Ellipsis,
	Inbox,
	LayoutTemplate,
	Settings,
	Siren,
	Workflow,
	Zap,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { FiringBadge } from "../alerts/firing-badge";
import { UnreadBadge } from "../inbox/unread-badge";
import { Avatar } from "../ui/avatar";
import { cn } from "../ui/class-names";
import { Brand } from "../ui/mark";
import { TeamMenu } from "./team-menu";
import { UserMenu } from "./user-menu";
import { useViewer } from "./viewer-context";

interface NavLinkProps {
	href: string;
	/** The link is on when the page lies under this path. */
	under?: string;
	icon: ReactNode;
	end?: ReactNode;
	children: ReactNode;
}

export function NavLink({ href, under = href, icon, end, children }: NavLinkProps) {
	const path = usePathname();
	const on = path === under || path.startsWith(`${under}/`);
	return (
		<Link
			href={href}
			aria-current={on ? "page" : undefined}
			className={cn(
				"flex h-7 items-center gap-2.5 rounded-2 px-2 font-medium text-ink-2 transition-colors phone:h-11 [&>svg]:size-4 [&>svg]:flex-none",
				on ? "bg-fill-2 text-ink" : "hover:bg-fill hover:text-ink",
			)}
		>
			{icon}
			<span className="min-w-0 flex-1 truncate">{children}</span>
			{end !== undefined && <span className="font-medium text-11 text-ink-3 tabular-nums">{end}</span>}
		</Link>
	);
}

export function Sidebar() {
	const { user, team } = useViewer();
	return (
		<nav aria-label="Main" className="flex min-w-0 flex-col gap-px border-line border-r bg-page p-2 phone:hidden">
			<Link href={`/${team.slug}/workflows`} aria-label="Weft" className="mb-1 flex h-8 items-center rounded-2 px-2">
				<Brand />
			</Link>
			<TeamMenu />
			<NavLink href={`/${team.slug}/inbox`} icon={<Inbox />} end={<UnreadBadge />}>
				Inbox
			</NavLink>
			<NavLink href={`/${team.slug}/workflows`} icon={<Workflow />}>
				Workflows
			</NavLink>
			<NavLink href={`/${team.slug}/prompts`} icon={<BookText />}>
				Prompts
			</NavLink>
			<NavLink href={`/${team.slug}/schedules`} icon={<CalendarClock />}>
				Schedules
			</NavLink>
			<NavLink href={`/${team.slug}/alerts`} icon={<Siren />} end={<FiringBadge />}>
				Alerts
			</NavLink>
			<NavLink href={`/${team.slug}/deliveries`} icon={<Zap />}>
				Deliveries
			</NavLink>
			<NavLink href={`/${team.slug}/costs`} icon={<CircleDollarSign />}>
				Costs
			</NavLink>
			<NavLink href={`/${team.slug}/templates`} icon={<LayoutTemplate />}>
				Templates
			</NavLink>
			<div className="flex-1" />
			<NavLink href={`/${team.slug}/settings/members`} under={`/${team.slug}/settings`} icon={<Settings />}>
				Settings
			</NavLink>
			<div className="mt-1 border-line border-t pt-1">
				<UserMenu
					trigger={
						<button
							type="button"
							className="flex h-8 w-full items-center gap-2.5 rounded-2 px-2 font-medium hover:bg-fill data-[state=open]:bg-fill-2"
						>
							<Avatar name={user.name} initials={user.initials} size="small" />
							<span className="min-w-0 flex-1 truncate text-left">
								{user.name}
								<span className="sr-only">, account</span>
							</span>
							<Ellipsis aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
						</button>
					}
				/>
			</div>
		</nav>
	);
}
