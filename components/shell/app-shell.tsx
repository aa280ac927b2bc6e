import type { ReactNode } from "react";
import { PhoneTabs } from "./phone-tabs";
import { Sidebar } from "./sidebar";

/** The sidebar beside a page; on a phone, tabs under it. */
export function AppShell({ children }: { children: ReactNode }) {
	return (
		<div className="grid h-dvh grid-cols-[216px_minmax(0,1fr)] phone:flex phone:flex-col">
			<Sidebar />
			<main className="flex min-h-0 min-w-0 flex-col bg-panel phone:flex-1">{children}</main>
			<PhoneTabs />
		</div>
	);
}
