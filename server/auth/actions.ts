"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { getDatabase } from "@/server/database";
import { getMasterSecret } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { clientAddress } from "@/server/http/client-address";
import { tokenOfPath } from "@/server/teams/invitations/public-invitation";
import { readInvitation } from "@/server/teams/invitations/read-invitation";
import { LAST_TEAM_COOKIE } from "@/server/teams/last-team-cookie";
import { signIn as leaveForService } from "./auth";
import { type AuthState, parseForm, readText, tellRefusal } from "./auth-form";
import { closeSession } from "./current-session";
import { DEMO_EMAIL } from "./demo-user";
import { findStartPath } from "./find-start-path";
import { forgetWayBack } from "./forget-way-back";
import { requireOwnHost } from "./local-request";
import { safePath } from "./safe-path";
import { signInAsDemo, signInWithPassword } from "./sign-in";
import { requireNoStep } from "./sign-in-methods";
import { signUp, signUpInput } from "./sign-up";

/** Takes `email`, `password` and `next`. */
export async function signIn(_before: AuthState, form: FormData): Promise<AuthState> {
	const credentials = { email: readText(form, "email"), password: readText(form, "password") };
	const error = await tellRefusal(() => signInWithPassword(credentials));
	if (error !== null) return { error, typed: { email: credentials.email } };
	return await redirectAfterSignIn(form, credentials.email);
}

/** Takes `name`, `email`, `password` and `next`. */
export async function createAccount(_before: AuthState, form: FormData): Promise<AuthState> {
	const account = {
		name: readText(form, "name"),
		email: readText(form, "email"),
		password: readText(form, "password"),
	};
	let joined: string | undefined;
	const error = await tellRefusal(async () => {
		joined = await signUpHere(account, tokenOfPath(safePath(form.get("next"))));
		await signInWithPassword(account);
	});
	if (error !== null) return { error, typed: { name: account.name, email: account.email } };
	if (joined !== undefined) redirect(`/${joined}/workflows`);
	return await redirectAfterSignIn(form, account.email);
}

/** Takes `next`. */
export async function tryDemo(_before: AuthState, form: FormData): Promise<AuthState> {
	const error = await tellRefusal(signInAsDemo);
	if (error !== null) return { error };
	return await redirectAfterSignIn(form, DEMO_EMAIL);
}

/** Takes `email` and `password`, or `demo`. Leads nowhere: the page whose session ended is still open. */
export async function signInAgain(_before: AuthState, form: FormData): Promise<AuthState> {
	const credentials = { email: readText(form, "email"), password: readText(form, "password") };
	const error = await tellRefusal(() => (form.has("demo") ? signInAsDemo() : signInWithPassword(credentials)));
	return error === null ? { done: true } : { error };
}

/** Takes `provider` and `next`, and leaves for the provider's page. */
export async function signInWith(_before: AuthState, form: FormData): Promise<AuthState> {
	const provider = z.enum(["github", "google"]).safeParse(form.get("provider"));
	if (!provider.success) return { error: "Choose one of the services, or sign in with e-mail." };
	const url: string = await leaveForService(provider.data, {
		redirectTo: safePath(form.get("next")),
		redirect: false,
	});
	if (!isRefused(url)) redirect(url);
	await forgetWayBack();
	return { error: "A cookie in this browser could not be read and has been removed. Try again." };
}

/** Auth.js answers with an address of its own, which there is not, when it cannot read the cookies that it has set. */
function isRefused(url: string): boolean {
	return new URL(url).pathname.startsWith("/api/auth/");
}

export async function signOut(): Promise<void> {
	await closeSession();
	redirect("/sign-in");
}

/** Straight to the workflows: the start page only leads on, and shows nothing while it does. */
async function redirectAfterSignIn(form: FormData, email: string): Promise<never> {
	const path = safePath(form.get("next"));
	const lastTeam = (await cookies()).get(LAST_TEAM_COOKIE)?.value;
	redirect(path === "/" ? await findStartPath(getDatabase(), { email, lastTeam }) : path);
}

/** Whoever comes from an invitation to their address is in its team with the account; returns that team. */
async function signUpHere(account: Record<"name" | "email" | "password", string>, token?: string) {
	const input = parseForm(signUpInput, account);
	const sent = await headers();
	requireOwnHost(sent);
	await requireNoStep(sent);
	const database = getDatabase();
	const isInvited = token !== undefined && (await readInvitation(database.db, token, input)).status === "open";
	const grounds = { policy: getEnv().WEFT_SIGN_UP, isInvited, invitation: isInvited ? token : undefined };
	return (await signUp(database, input, { address: clientAddress(sent), secret: getMasterSecret(), ...grounds }))
		.joined;
}
