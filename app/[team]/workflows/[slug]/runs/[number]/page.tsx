import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RunPage } from "@/components/runs/run-page";
import { enterTeam } from "../../../../enter-team";

interface Props {
	params: Promise<{ team: string; slug: string; number: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
	return { title: `Run ${(await params).number}` };
}

export default async function Page({ params }: Props) {
	const { team, slug, number } = await params;
	await enterTeam(team);
	if (!/^[1-9]\d{0,8}$/.test(number)) notFound();
	return <RunPage team={team} slug={slug} number={Number(number)} />;
}
