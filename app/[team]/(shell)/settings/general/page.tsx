import type { Metadata } from "next";
import { GeneralPage } from "@/components/members/general-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "General" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <GeneralPage />;
}
