import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { findTeam } from "../enter-team";

interface ShellLayoutProps {
	params: Promise<{ team: string }>;
	children: ReactNode;
}

export default async function ShellLayout({ params, children }: ShellLayoutProps) {
	const { team } = await params;
	return (await findTeam(team)) ? <AppShell>{children}</AppShell> : children;
}
