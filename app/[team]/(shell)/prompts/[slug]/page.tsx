import type { Metadata } from "next";
import { PromptsPage } from "@/components/prompts/prompts-page";
import { enterTeam } from "../../../enter-team";

interface PageProps {
	params: Promise<{ team: string; slug: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
	return { title: (await params).slug };
}

export default async function Page({ params }: PageProps) {
	const { team, slug } = await params;
	await enterTeam(team);
	return <PromptsPage chosen={slug} />;
}
