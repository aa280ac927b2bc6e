import type { Metadata } from "next";
import { CredentialsPage } from "@/components/settings/credentials-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "Credentials" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <CredentialsPage team={team} />;
}
