import type { Metadata } from "next";
import { SchedulesPage } from "@/components/schedules/schedules-page";
import { enterTeam } from "../../enter-team";

export const metadata: Metadata = { title: "Schedules" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <SchedulesPage />;
}
