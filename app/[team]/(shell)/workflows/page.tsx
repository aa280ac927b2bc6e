import type { Metadata } from "next";
import { WorkflowsPage } from "@/components/workflows/list/workflows-page";
import { enterTeam } from "../../enter-team";

export const metadata: Metadata = { title: "Workflows" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <WorkflowsPage team={team} />;
}
