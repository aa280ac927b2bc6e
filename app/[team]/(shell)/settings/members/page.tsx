import type { Metadata } from "next";
import { MembersPage } from "@/components/members/members-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "Members" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <MembersPage team={team} />;
}
