"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { AuthActions, SignUpState } from "./actions";
import { CreateAccountForm, PasswordForm } from "./credential-forms";
import { DemoCard } from "./demo-card";
import { describeReturn } from "./describe-return";
import { type OAuthProvider, ProviderButtons } from "./provider-buttons";
import { createAccountPath, forgotPasswordPath, signInPath } from "./return-path";

const LINK = "rounded-1 text-accent underline phone:inline-flex phone:min-h-11 phone:items-center";

interface SignInPanelProps {
	actions: AuthActions;
	/** The services that are set up here. */
	providers: readonly OAuthProvider[];
	/** Whether the demo user may come in without a password. */
	demo: boolean;
	signUp: SignUpState;
	/** Where to go afterwards; a path of this site. */
	returnTo: string;
	/** Shows the form for a new account. */
	isNew?: boolean;
	/** The invitation that waits behind `returnTo`. */
	invited?: Invited;
	/** Why a service sent the person back here. */
	error?: string;
}

interface Invited {
	team: string;
	/** The address that it is for, if for one alone. */
	email: string | null;
}

/** The form that is shown: for a new account, for a known one, or none where no account can be made. */
type Ways = "new" | "known" | "none";

export function SignInPanel(props: SignInPanelProps) {
	const { actions, providers, demo, signUp, returnTo, isNew = false, invited, error } = props;
	const email = invited?.email ?? undefined;
	const ways: Ways = isNew && !signUp.isOpen ? "none" : isNew ? "new" : "known";
	return (
		<div>
			<h1 className="text-20 tracking-[-0.012em]">
				{ways === "none" ? "No account can be made" : isNew ? "Create your account" : "Sign in to Weft"}
			</h1>
			<p className="mt-1 mb-5 break-words text-ink-2">
				{invited ? describeInvitation(invited, ways) : describePurpose(returnTo)}
			</p>
			{error && (
				<p role="alert" className="mb-4 rounded-3 bg-failed-soft px-3 py-2.5 text-12 text-failed">
					{error}
				</p>
			)}
			{ways === "new" && signUp.isOpen && signUp.isFirst && (
				<Notice>You are the first here. Your account will administer this server.</Notice>
			)}
			{providers.length > 0 && ways !== "none" && (
				<>
					<ProviderButtons providers={providers} action={actions.signInWith} returnTo={returnTo} />
					<Divider>or with e-mail</Divider>
				</>
			)}
			{ways === "new" && <CreateAccountForm action={actions.createAccount} returnTo={returnTo} email={email} />}
			{ways === "known" && <PasswordForm action={actions.signIn} returnTo={returnTo} email={email} />}
			{ways === "known" && (
				<p className="mt-3 text-12">
					<Link href={forgotPasswordPath()} className={LINK}>
						Forgot your password?
					</Link>
				</p>
			)}
			{ways === "none" && !signUp.isOpen && <Notice>{signUp.reason}</Notice>}
			<OtherWay signUp={signUp} isNew={isNew} returnTo={returnTo} />
			{demo && !invited && <DemoCard action={actions.tryDemo} returnTo={returnTo} />}
		</div>
	);
}

function describePurpose(returnTo: string): string {
	const purpose = describeReturn(returnTo);
	return purpose === undefined ? "Workflows that are drawn, and that finish." : `Then you can ${purpose}.`;
}

function describeInvitation({ team, email }: Invited, ways: Ways): string {
	const joins = ways === "new" ? `Your account joins ${team} at once.` : `Then you can join ${team}.`;
	return email === null ? joins : `${joins} The invitation is for ${email}.`;
}

/** From signing in to signing up and back, or why there is no way. */
function OtherWay({ signUp, isNew, returnTo }: Pick<SignInPanelProps, "signUp" | "isNew" | "returnTo">) {
	if (!isNew && !signUp.isOpen) return <p className="mt-3 text-12 text-ink-3">No account yet? {signUp.reason}</p>;
	return (
		<p className="mt-3 text-12 text-ink-3">
			{isNew ? "Have an account?" : "No account yet?"}{" "}
			<Link href={isNew ? signInPath(returnTo) : createAccountPath(returnTo)} className={LINK}>
				{isNew ? "Sign in" : "Create one"}
			</Link>
			.
		</p>
	);
}

function Notice({ children }: { children: ReactNode }) {
	return <p className="mb-4 rounded-3 bg-fill px-3 py-2.5 text-ink-2">{children}</p>;
}

function Divider({ children }: { children: string }) {
	return (
		<div className="my-4 flex items-center gap-3 text-12 text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
			{children}
		</div>
	);
}
