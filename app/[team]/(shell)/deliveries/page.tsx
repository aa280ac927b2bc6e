import type { Metadata } from "next";
import { DeliveriesPage } from "@/components/deliveries/deliveries-page";
import { enterTeam } from "../../enter-team";

export const metadata: Metadata = { title: "Deliveries" };

interface PageProps {
	params: Promise<{ team: string }>;
	searchParams: Promise<{ workflow?: string | string[]; trigger?: string | string[] }>;
}

export default async function Page({ params, searchParams }: PageProps) {
	const { team } = await params;
	await enterTeam(team);
	const { workflow, trigger } = await searchParams;
	const isNamed = typeof workflow === "string" && typeof trigger === "string";
	return <DeliveriesPage trigger={isNamed ? { slug: workflow, key: trigger } : undefined} />;
}
