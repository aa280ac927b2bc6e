import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/return-path";
import { findLastTeam } from "../../../[team]/enter-team";

/** Using a template makes a workflow in a team: leads who is not signed in to signing in and back. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
	const path = `/templates/${encodeURIComponent((await params).slug)}/use`;
	const seen = await findLastTeam();
	redirect(seen ? `/${seen.team.slug}${path}` : signInPath(path));
}
