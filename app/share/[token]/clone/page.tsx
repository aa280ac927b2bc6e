import { redirect } from "next/navigation";
import { findLastTeam } from "@/app/[team]/enter-team";
import { signInPath } from "@/components/auth/return-path";

/** Leads to the form that clones into one's team, by way of signing in. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
	const token = encodeURIComponent((await params).token);
	const seen = await findLastTeam();
	redirect(seen ? `/${seen.team.slug}/clone/${token}` : signInPath(`/share/${token}/clone`));
}
