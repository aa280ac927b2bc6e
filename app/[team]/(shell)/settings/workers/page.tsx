import type { Metadata } from "next";
import { WorkersPage } from "@/components/settings/workers-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "Workers" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <WorkersPage team={team} />;
}
