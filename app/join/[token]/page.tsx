import type { Metadata } from "next";
import { JoinPage } from "@/components/members/join-page";
import { getViewer } from "@/server/auth/get-viewer";
import { getDatabase } from "@/server/database";
import { changeAccount, joinTeam } from "@/server/teams/invitations/actions";
import { invitationPath } from "@/server/teams/invitations/public-invitation";
import { readInvitation } from "@/server/teams/invitations/read-invitation";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer", robots: { index: false } };

/** Only looks: whoever opens a link, a scanner of mails too, changes nothing by it. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
	const { token } = await params;
	const viewer = await getViewer();
	const invitation = await readInvitation(getDatabase().db, token, viewer);
	return (
		<JoinPage
			token={token}
			path={invitationPath(token)}
			invitation={invitation}
			viewer={viewer && { name: viewer.name, email: viewer.email }}
			joinTeam={joinTeam}
			changeAccount={changeAccount}
		/>
	);
}
