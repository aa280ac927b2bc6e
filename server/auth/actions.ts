"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { CredentialsSignin } from "next-auth";
import { z } from "zod";
import { getDatabase } from "@/server/database";
import { getMasterSecret } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { clientAddress } from "@/server/http/client-address";
import { LAST_TEAM_COOKIE } from "@/server/teams/last-team-cookie";
import { signIn as beginSession, signOut as endSession } from "./auth";
import { DEMO_EMAIL } from "./demo-user";
import { findStartPath } from "./find-start-path";
import { requireOwnHost } from "./local-request";
import { SignInRefused } from "./providers";
import { safePath } from "./safe-path";
import { signUp, signUpInput } from "./sign-up";

export interface AuthState {
	/** What a form shows after it was refused: one sentence. */
	error?: string;
	/** What the form was sent with, for one that comes back as a new page. Never a password. */
	typed?: { name?: string; email: string };
	/** Signed in, on the page that asked. */
	done?: true;
}

/** Takes `email`, `password` and `next`. */
export async function signIn(_before: AuthState, form: FormData): Promise<AuthState> {
	const credentials = { email: text(form, "email"), password: text(form, "password") };
	const error = await trySignIn("password", credentials);
	if (error !== null) return { error, typed: { email: credentials.email } };
	return await redirectAfterSignIn(form, credentials.email);
}

/** Takes `name`, `email`, `password` and `next`. */
export async function createAccount(_before: AuthState, form: FormData): Promise<AuthState> {
	const account = { name: text(form, "name"), email: text(form, "email"), password: text(form, "password") };
	const error = (await trySignUp(account)) ?? (await trySignIn("password", account));
	if (error !== null) return { error, typed: { name: account.name, email: account.email } };
	return await redirectAfterSignIn(form, account.email);
}

/** Takes `next`. */
export async function tryDemo(_before: AuthState, form: FormData): Promise<AuthState> {
	const error = await trySignIn("demo", {});
	if (error !== null) return { error };
	return await redirectAfterSignIn(form, DEMO_EMAIL);
}

/** Takes `email` and `password`, or `demo`. Leads nowhere: the page whose session ended is still open. */
export async function signInAgain(_before: AuthState, form: FormData): Promise<AuthState> {
	const credentials = { email: text(form, "email"), password: text(form, "password") };
	const error = form.has("demo") ? await trySignIn("demo", {}) : await trySignIn("password", credentials);
	return error === null ? { done: true } : { error };
}

/** Takes `provider` and `next`, and leaves for the provider's page. */
export async function signInWith(_before: AuthState, form: FormData): Promise<AuthState> {
	const provider = z.enum(["github", "google"]).safeParse(form.get("provider"));
	if (!provider.success) return { error: "Choose one of the services, or sign in with e-mail." };
	await beginSession(provider.data, { redirectTo: safePath(form.get("next")) });
	return {};
}

export async function signOut(): Promise<void> {
	await endSession({ redirect: false });
	redirect("/sign-in");
}

/** Straight to the workflows: the start page only leads on, and shows nothing while it does. */
async function redirectAfterSignIn(form: FormData, email: string): Promise<never> {
	const path = safePath(form.get("next"));
	const lastTeam = (await cookies()).get(LAST_TEAM_COOKIE)?.value;
	redirect(path === "/" ? await findStartPath(getDatabase(), { email, lastTeam }) : path);
}

/** Null when it worked, else what to say. */
async function trySignIn(provider: string, credentials: Record<string, string>): Promise<string | null> {
	try {
		await beginSession(provider, { ...credentials, redirect: false });
		return null;
	} catch (error) {
		if (error instanceof SignInRefused) return error.code;
		if (error instanceof CredentialsSignin) return "Wrong e-mail or password.";
		throw error;
	}
}

async function trySignUp(account: Record<"name" | "email" | "password", string>): Promise<string | null> {
	const parsed = signUpInput.safeParse(account);
	if (!parsed.success) return parsed.error.issues[0]?.message ?? "Fill in every field.";
	try {
		const sent = await headers();
		requireOwnHost(sent);
		const grounds = { policy: getEnv().WEFT_SIGN_UP, isInvited: false };
		await signUp(getDatabase(), parsed.data, { address: clientAddress(sent), secret: getMasterSecret(), ...grounds });
		return null;
	} catch (error) {
		if (error instanceof WeftError) return error.message;
		throw error;
	}
}

function text(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === "string" ? value : "";
}
