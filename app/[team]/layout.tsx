import type { ReactNode } from "react";
import { TeamFrame } from "@/components/shell/team-frame";
import { signInAgain, signOut } from "@/server/auth/actions";
import { DEMO_EMAIL } from "@/server/auth/demo-user";
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
		<TeamFrame {...found} signOut={signOut} signInAgain={signInAgain} isDemo={found.me.user.email === DEMO_EMAIL}>
			{children}
		</TeamFrame>
	);
}
