import type { Metadata } from "next";
import { FailuresPage } from "@/components/settings/failures-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "When runs fail" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <FailuresPage team={team} />;
}
