import type { Metadata } from "next";
import { InboxPage } from "@/components/inbox/inbox-page";
import { enterTeam } from "../../enter-team";

export const metadata: Metadata = { title: "Inbox" };

export default async function Page({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	await enterTeam(team);
	return <InboxPage />;
}
