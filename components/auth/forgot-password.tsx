"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "../ui/button";
import type { AuthAction } from "./actions";
import { EmailField, FormProblem } from "./credential-fields";
import { signInPath } from "./return-path";
import { useAuthAction } from "./use-auth-action";
import { checkEmail, useCheckedFields } from "./use-checked-fields";

/** The way back in for whoever has no password; without `action` this server sends no mail. */
export function ForgotPassword({ action }: { action?: AuthAction }) {
	return (
		<div>
			<h1 className="text-20 tracking-[-0.012em]">Forgot your password?</h1>
			{action ? <LinkRequest action={action} /> : <AskAdministrator />}
			<p className="mt-3 text-12 text-ink-3">
				<Link
					href={signInPath("/")}
					className="rounded-1 text-accent underline phone:inline-flex phone:min-h-11 phone:items-center"
				>
					Back to sign in
				</Link>
			</p>
		</div>
	);
}

function AskAdministrator() {
	return (
		<div className="mt-1 grid gap-3 text-ink-2">
			<p>This server sends no e-mail. Ask its administrator for a link to set a new password.</p>
			<p>
				They make one on the server’s machine with <code className="text-12">npx weft admin reset-link</code> and your
				address.
			</p>
		</div>
	);
}

function LinkRequest({ action }: { action: AuthAction }) {
	const { error, typed, done, send, busy } = useAuthAction(action);
	const { errors, form, forget } = useCheckedFields({ email: checkEmail });
	const [email, setEmail] = useState(typed?.email ?? "");
	if (done)
		return (
			<p role="status" className="mt-1 text-ink-2">
				If there is an account with this address, a link to set a new password is on its way. It works once, for an
				hour. Check your spam folder too.
			</p>
		);
	return (
		<>
			<p className="mt-1 mb-5 text-ink-2">Enter your address, and we send you a link to set a new one.</p>
			<form action={send} {...form} className="grid gap-3">
				<EmailField value={email} onChange={setEmail} onEdit={forget} error={errors.email} />
				<FormProblem error={error} />
				<Button type="submit" intent="primary" size="auth" full busy={busy} className="mt-1">
					Send me a link
				</Button>
			</form>
		</>
	);
}
