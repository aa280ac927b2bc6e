import type { Metadata } from "next";
import { EditorPage } from "@/components/editor/editor-page";
import { enterTeam } from "../../enter-team";

export const metadata: Metadata = { title: "Workflow" };

export default async function Page({ params }: { params: Promise<{ team: string; slug: string }> }) {
	const { team, slug } = await params;
	await enterTeam(team, `/${team}/workflows/${slug}`);
	return <EditorPage team={team} slug={slug} />;
}
