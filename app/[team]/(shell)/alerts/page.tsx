import type { Metadata } from "next";
import { AlertsPage } from "@/components/alerts/alerts-page";
import { enterTeam } from "../../enter-team";

export const metadata: Metadata = { title: "Alerts" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <AlertsPage />;
}
