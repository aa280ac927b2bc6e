"use client";

import { Ellipsis, LayoutTemplate, Settings, Workflow } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "../ui/class-names";
import { UserMenu } from "./user-menu";
import { useViewer } from "./viewer-context";

const tabClasses =
	"grid content-center justify-items-center gap-1 font-medium text-11 text-ink-2 leading-3 [&>svg]:size-5";

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
	return (
		<nav aria-label="Main" className="hidden h-16 flex-none grid-cols-4 border-line border-t bg-page pb-2 phone:grid">
			<TabLink
				href={`/${team.slug}/workflows`}
				under={`/${team.slug}/workflows`}
				icon={<Workflow />}
				label="Workflows"
			/>
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
				withTeams
				trigger={
					<button type="button" className={cn(tabClasses, "data-[state=open]:text-accent")}>
						<Ellipsis aria-hidden="true" />
						More
					</button>
				}
			/>
		</nav>
	);
}
