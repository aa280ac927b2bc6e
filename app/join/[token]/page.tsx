import type { Metadata } from "next";
import { JoinPage } from "@/components/members/join-page";
import { getViewer } from "@/server/auth/get-viewer";
import { readSignUpState } from "@/server/auth/sign-up-policy";
import { getDatabase } from "@/server/database";
import { getEnv } from "@/server/env";
import { changeAccount, joinTeam } from "@/server/teams/invitations/actions";
import { invitationPath } from "@/server/teams/invitations/public-invitation";
import { readInvitation } from "@/server/teams/invitations/read-invitation";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer", robots: { index: false } };

/** Only looks: whoever opens a link, a scanner of mails too, changes nothing by it. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
	const { token } = await params;
	const viewer = await getViewer();
	const { db } = getDatabase();
	const invitation = await readInvitation(db, token, viewer);
	const { isOpen } = await readSignUpState(db, getEnv().WEFT_SIGN_UP, { isInvited: invitation.status === "open" });
	return (
		<JoinPage
			token={token}
			path={invitationPath(token)}
			invitation={invitation}
			canSignUp={isOpen}
			viewer={viewer && { name: viewer.name, email: viewer.email }}
			joinTeam={joinTeam}
			changeAccount={changeAccount}
		/>
	);
}
