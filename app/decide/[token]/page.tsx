import type { Metadata } from "next";
import { DecidePage } from "@/components/approvals/decide-page";
import { decide } from "@/server/approval-links/actions";
import { findApprovalLink, stateOfLink } from "@/server/approval-links/find-approval-link";
import { getDatabase } from "@/server/database";

export const metadata: Metadata = {
	title: "A decision",
	robots: { index: false, follow: false },
};

/** For whoever has the mail. Opening it changes nothing: programs that look through mails do that, too. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
	const { token } = await params;
	const link = await findApprovalLink(getDatabase().sql, token);
	if (link === undefined) return <DecidePage state="unknown" />;
	const { question, workflow, runNumber, team, decision, address } = link;
	const state = stateOfLink(link);
	if (state !== "open") return <DecidePage state={state} decision={decision} />;
	const asked = { message: question.message, fields: question.fields, until: question.until };
	return <DecidePage state="open" {...{ workflow, runNumber, team, address, asked, token }} action={decide} />;
}
