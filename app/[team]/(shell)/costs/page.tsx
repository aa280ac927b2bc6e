import type { Metadata } from "next";
import { CostsPage } from "@/components/costs/costs-page";
import { enterTeam } from "../../enter-team";

export const metadata: Metadata = { title: "Costs" };

interface PageProps {
	params: Promise<{ team: string }>;
	searchParams: Promise<{ workflow?: string | string[] }>;
}

export default async function Page({ params, searchParams }: PageProps) {
	const { team } = await params;
	await enterTeam(team);
	const { workflow } = await searchParams;
	return <CostsPage workflow={typeof workflow === "string" ? workflow : undefined} />;
}
