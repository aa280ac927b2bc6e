import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { AuthPage } from "@/components/auth/auth-page";
import { SignInPanel } from "@/components/auth/sign-in-panel";
import type { Db } from "@/db/client";
import { createAccount, signIn, signInWith, tryDemo } from "@/server/auth/actions";
import { describeSignInError } from "@/server/auth/describe-sign-in-error";
import { safePath } from "@/server/auth/safe-path";
import { signInMethods } from "@/server/auth/sign-in-methods";
import { readSignUpState } from "@/server/auth/sign-up-policy";
import { getDatabase } from "@/server/database";
import { getEnv } from "@/server/env";
import { tokenOfPath } from "@/server/teams/invitations/public-invitation";
import { readInvitation } from "@/server/teams/invitations/read-invitation";
import { readMe } from "../[team]/enter-team";

export const metadata: Metadata = { title: "Sign in" };

const ACTIONS = { signIn, createAccount, tryDemo, signInWith };

interface SignInProps {
	searchParams: Promise<{ next?: string | string[]; error?: string | string[]; new?: string | string[] }>;
}

export default async function Page({ searchParams }: SignInProps) {
	const { next, error, new: isNew } = await searchParams;
	const returnTo = safePath(next);
	if (await readMe()) redirect(returnTo);
	const ways = signInMethods(await headers());
	const { db } = getDatabase();
	const token = tokenOfPath(returnTo);
	const invited = token === undefined ? undefined : await readOpenInvitation(db, token);
	const signUp = await readSignUpState(db, getEnv().WEFT_SIGN_UP, { isInvited: invited !== undefined });
	return (
		<AuthPage>
			<SignInPanel
				{...ways}
				signUp={signUp}
				actions={ACTIONS}
				returnTo={returnTo}
				invited={invited}
				isNew={isNew !== undefined}
				error={describeSignInError(error)}
			/>
		</AuthPage>
	);
}

async function readOpenInvitation(db: Db, token: string) {
	const invitation = await readInvitation(db, token, null);
	return invitation.status === "open" ? { team: invitation.team.name, email: invitation.email } : undefined;
}
