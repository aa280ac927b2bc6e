import type { Metadata } from "next";
import { EditorPage } from "@/components/editor/editor-page";
import { urlOfQuery } from "@/components/trpc/links";
import { enterTeam } from "../../enter-team";

export const metadata: Metadata = { title: "Workflow" };

export default async function Page({ params }: { params: Promise<{ team: string; slug: string }> }) {
	const { team, slug } = await params;
	await enterTeam(team);
	return (
		<>
			<link rel="preload" as="fetch" crossOrigin="anonymous" href={urlOfQuery("workflows.draft", { team, slug })} />
			<EditorPage team={team} slug={slug} />
		</>
	);
}
