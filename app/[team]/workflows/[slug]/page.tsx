import type { Metadata } from "next";
import { WorkflowPage } from "@/components/canvas/workflow-page";
import { enterTeam } from "../../enter-team";

export const metadata: Metadata = { title: "Workflow" };

export default async function Page({ params }: { params: Promise<{ team: string; slug: string }> }) {
	const { team, slug } = await params;
	await enterTeam(team, `/${team}/workflows/${slug}`);
	return <WorkflowPage team={team} slug={slug} />;
}
