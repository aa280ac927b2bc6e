import type { ReactNode } from "react";
import { TeamFrame } from "@/components/shell/team-frame";
import { signOut } from "@/server/auth/actions";
import { findTeam } from "./enter-team";

interface TeamLayoutProps {
	params: Promise<{ team: string }>;
	children: ReactNode;
}

export default async function TeamLayout({ params, children }: TeamLayoutProps) {
	const { team: slug } = await params;
	const found = await findTeam(slug);
	if (!found) return children;
	return (
		<TeamFrame {...found} signOut={signOut}>
			{children}
		</TeamFrame>
	);
}
