import type { Metadata } from "next";
import { SharingPage } from "@/components/settings/sharing-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "Share links" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <SharingPage team={team} />;
}
