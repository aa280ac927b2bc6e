"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { after } from "next/server";
import { getDatabase } from "@/server/database";
import { WeftError } from "@/server/errors";
import { clientAddress } from "@/server/http/client-address";
import { getMailer } from "@/server/mail/mailer";
import { logError } from "@/server/observability/log-error";
import { type AuthState, parseForm, readText, tellRefusal } from "./auth-form";
import { emailSchema } from "./authenticate";
import { openSession } from "./current-session";
import { requireOwnHost } from "./local-request";
import { mailPasswordLink } from "./mail-password-link";
import { newPasswordSchema } from "./password";
import { usePasswordLink } from "./password-links";
import { countReset } from "./sign-in-limits";

/** Takes `email`. Its answer, and the time that it takes, are the same whether there is such an account or not. */
export async function requestPasswordLink(_before: AuthState, form: FormData): Promise<AuthState> {
	const typed = { email: readText(form, "email") };
	const error = await tellRefusal(async () => {
		const sent = await headers();
		requireOwnHost(sent);
		const send = getMailer();
		if (!send) throw new WeftError("unavailable", "This server sends no e-mail. Ask its administrator for a link.");
		const email = parseForm(emailSchema, typed.email);
		await countReset(getDatabase().db, { address: clientAddress(sent), email });
		after(() =>
			mailPasswordLink(getDatabase(), email, send).catch((cause) =>
				logError(cause, "Cannot send a link", { part: "auth" }),
			),
		);
	});
	return error === null ? { done: true } : { error, typed };
}

/** Takes `token` and `password`, and signs its person in. */
export async function resetPassword(_before: AuthState, form: FormData): Promise<AuthState> {
	const error = await tellRefusal(async () => {
		requireOwnHost(await headers());
		const password = parseForm(newPasswordSchema, readText(form, "password"));
		const { userId } = await usePasswordLink(getDatabase(), { token: readText(form, "token"), password });
		await openSession(userId);
	});
	if (error !== null) return { error };
	redirect("/");
}
