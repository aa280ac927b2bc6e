"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "../ui/button";
import type { AuthAction } from "./actions";
import { FormProblem, PasswordField } from "./credential-fields";
import { forgotPasswordPath } from "./return-path";
import { useAuthAction } from "./use-auth-action";
import { checkNewPassword, useCheckedFields } from "./use-checked-fields";

interface ResetPasswordProps {
	action: AuthAction;
	token: string;
	/** Whose password it is. */
	email: string;
}

export function ResetPassword({ action, token, email }: ResetPasswordProps) {
	const { error, send, busy } = useAuthAction(action);
	const { errors, form, forget } = useCheckedFields({ password: checkNewPassword });
	const [password, setPassword] = useState("");
	return (
		<div>
			<h1 className="text-20 tracking-[-0.012em]">Set a new password</h1>
			<p className="mt-1 mb-5 break-words text-ink-2">For {email}. It signs you out everywhere else.</p>
			<form action={send} {...form} className="grid gap-3">
				<input type="hidden" name="token" value={token} />
				<input type="hidden" name="username" autoComplete="username" value={email} />
				<PasswordField
					value={password}
					onChange={setPassword}
					onEdit={forget}
					error={errors.password}
					help="At least 10 characters."
					autoComplete="new-password"
				/>
				<FormProblem error={error} />
				<Button type="submit" intent="primary" size="auth" full busy={busy} className="mt-1">
					Set password and sign in
				</Button>
			</form>
		</div>
	);
}

export function LinkIsOver() {
	return (
		<div>
			<h1 className="text-20 tracking-[-0.012em]">This link no longer works</h1>
			<p className="mt-1 mb-5 text-ink-2">It was used already, it has expired, or a newer password was set since.</p>
			<Button asChild intent="primary" size="auth" full>
				<Link href={forgotPasswordPath()}>Ask for a new link</Link>
			</Button>
		</div>
	);
}
