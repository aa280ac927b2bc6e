import type { Metadata } from "next";
import { AccountPage } from "@/components/account/account-page";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "Account" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <AccountPage />;
}
