import type { Metadata } from "next";
import { AuditPage } from "@/components/audit/audit-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "Audit log" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team, `/${team}/settings/audit`);
	return <AuditPage team={team} />;
}
