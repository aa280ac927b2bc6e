import type { Metadata } from "next";
import { AuditPage } from "@/components/audit/audit-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "Audit log" };

interface PageProps {
	params: Promise<{ team: string }>;
	searchParams: Promise<{ workflow?: string | string[] }>;
}

export default async function Page({ params, searchParams }: PageProps) {
	const [{ team }, { workflow }] = [await params, await searchParams];
	const asked = typeof workflow === "string" ? workflow : "";
	await enterTeam(team);
	return <AuditPage team={team} workflow={asked} />;
}
