import type { Metadata } from "next";
import { BudgetsPage } from "@/components/settings/budgets-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "Budgets" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <BudgetsPage team={team} />;
}
