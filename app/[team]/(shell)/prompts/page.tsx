import type { Metadata } from "next";
import { PromptsPage } from "@/components/prompts/prompts-page";
import { enterTeam } from "../../enter-team";

export const metadata: Metadata = { title: "Prompts" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <PromptsPage />;
}
