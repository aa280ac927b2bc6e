import Link from "next/link";
import type { ReactNode } from "react";
import { createAccountPath, signInPath } from "../auth/return-path";
import { Button } from "../ui/button";
import { MessagePage } from "../ui/message-page";
import { StartLink } from "../ui/start-link";

type FormAction = (form: FormData) => Promise<void>;

interface Invited {
	team: { slug: string; name: string };
	role: string;
	inviter: string | null;
}

/** What the server says of an invitation to whoever has its link. */
type Invitation =
	| { status: "unknown" }
	| { status: "member"; team: Invited["team"] }
	| ({ status: "revoked" | "expired" | "used" } & Invited)
	| ({ status: "other-account"; email: string } & Invited)
	| ({ status: "open"; email: string | null } & Invited);

interface JoinPageProps {
	token: string;
	/** This page's own, to come back to. */
	path: string;
	invitation: Invitation;
	viewer: { name: string; email: string } | null;
	/** Whether this invitation lets somebody make an account here. */
	canSignUp: boolean;
	joinTeam: FormAction;
	changeAccount: FormAction;
}

/** An invitation, and what to do with it: a press of a button joins, opening the page does not. */
export function JoinPage(props: JoinPageProps) {
	const { invitation } = props;
	switch (invitation.status) {
		case "unknown":
			return (
				<MessagePage title="This invitation does not exist" action={<StartLink />}>
					Check that you opened the whole link. If you did, ask the team for a new one.
				</MessagePage>
			);
		case "member":
			return <AlreadyIn team={invitation.team} />;
		case "revoked":
		case "expired":
		case "used":
			return (
				<MessagePage title={ENDED[invitation.status]} action={<StartLink />}>
					Ask {invitation.inviter ?? "somebody"} of {invitation.team.name} for a new one.
				</MessagePage>
			);
		case "other-account":
			return (
				<MessagePage
					title="This invitation is for another account"
					action={
						<PostButton action={props.changeAccount} token={props.token}>
							Sign in with another account
						</PostButton>
					}
				>
					It is for {invitation.email}, and you are signed in as {props.viewer?.email}.
				</MessagePage>
			);
		case "open":
			return <Open {...props} invitation={invitation} />;
	}
}

const ENDED = {
	revoked: "This invitation was revoked",
	expired: "This invitation has expired",
	used: "This invitation has been used already",
} as const;

function AlreadyIn({ team }: { team: Invited["team"] }) {
	return (
		<MessagePage
			title={`You are in ${team.name}`}
			action={
				<Button asChild intent="primary" size="form">
					<Link href={`/${team.slug}/workflows`}>Open the team</Link>
				</Button>
			}
		>
			You have joined this team already.
		</MessagePage>
	);
}

type OpenProps = JoinPageProps & { invitation: Extract<Invitation, { status: "open" }> };

function Open({ token, path, invitation, viewer, canSignUp, joinTeam, changeAccount }: OpenProps) {
	const { team, role, inviter, email } = invitation;
	const title = `${inviter ?? "Somebody"} invites you to ${team.name}`;
	if (viewer) {
		return (
			<MessagePage
				title={title}
				action={
					<>
						<PostButton action={changeAccount} token={token}>
							Use another account
						</PostButton>
						<PostButton action={joinTeam} token={token} primary>
							Join {team.name}
						</PostButton>
					</>
				}
			>
				You join as {role}, with the account {viewer.email}.
			</MessagePage>
		);
	}
	return (
		<MessagePage
			title={title}
			action={
				<>
					{canSignUp && (
						<Button asChild size="form">
							<Link href={createAccountPath(path)}>Create an account</Link>
						</Button>
					)}
					<Button asChild intent="primary" size="form">
						<Link href={signInPath(path)}>Sign in</Link>
					</Button>
				</>
			}
		>
			You join as {role}. {email === null ? "Sign in" : `Sign in with the account of ${email}`}
			{canSignUp ? `, or create ${email === null ? "an account" : "it"} now.` : NO_ACCOUNTS}
		</MessagePage>
	);
}

const NO_ACCOUNTS = " to join. This server makes no new accounts: without one, ask whoever runs it.";

interface PostButtonProps {
	action: FormAction;
	token: string;
	primary?: boolean;
	children: ReactNode;
}

function PostButton({ action, token, primary, children }: PostButtonProps) {
	return (
		<form action={action}>
			<input type="hidden" name="token" value={token} />
			<Button type="submit" intent={primary ? "primary" : "secondary"} size="form">
				{children}
			</Button>
		</form>
	);
}
