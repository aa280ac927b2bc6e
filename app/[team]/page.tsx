import { redirect } from "next/navigation";
import { enterTeam } from "./enter-team";

export default async function TeamPage({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	redirect(`/${team}/workflows`);
}
