import type { Metadata } from "next";
import { NewerVersionPage } from "@/components/templates/update/newer-version-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "A newer version" };

export default async function Page({ params }: { params: Promise<{ team: string; slug: string }> }) {
	const { team, slug } = await params;
	await enterTeam(team);
	return <NewerVersionPage team={team} slug={slug} />;
}
