"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useStore } from "zustand";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import type { AuthAction } from "./actions";
import { FormProblem, PasswordField } from "./credential-fields";
import { signInPath } from "./return-path";
import { noteSignedIn, session } from "./session";
import { useAuthAction } from "./use-auth-action";
import { checkPassword, useCheckedFields } from "./use-checked-fields";

export interface SessionDialogProps {
	/** Whose page this is. Nobody else goes on with it. */
	email: string;
	/** Signed in without a password. */
	isDemo: boolean;
	action: AuthAction;
}

/** Over a page whose session has ended: signing in again leaves everything on it as it is. */
export function SessionDialog({ email, isDemo, action }: SessionDialogProps) {
	const isAsking = useStore(session, (state) => state.isAsking);
	return (
		<Dialog
			open={isAsking}
			onOpenChange={(isOpen) => session.setState({ isAsking: isOpen })}
			title="Your session has ended"
			description="Sign in again to go on. This page stays as it is, and your edits are kept in this browser."
			className="w-[400px]"
		>
			<SignInAgain email={email} isDemo={isDemo} action={action} />
		</Dialog>
	);
}

function SignInAgain({ email, isDemo, action }: SessionDialogProps) {
	const queries = useQueryClient();
	const { error, send, busy } = useAuthAction(async (before, form) => {
		const answer = await action(before, form);
		if (answer.done) {
			noteSignedIn();
			void queries.invalidateQueries();
		}
		return answer;
	});
	const [password, setPassword] = useState("");
	const { errors, form, forget } = useCheckedFields(isDemo ? {} : { password: checkPassword });
	return (
		<form action={send} {...form} className="grid gap-3">
			{isDemo ? (
				<input type="hidden" name="demo" value="yes" />
			) : (
				<>
					<p className="break-words text-ink-2">{email}</p>
					<input type="hidden" name="email" value={email} />
					<PasswordField
						value={password}
						onChange={setPassword}
						onEdit={forget}
						autoComplete="current-password"
						error={errors.password}
					/>
				</>
			)}
			<FormProblem error={error} />
			<Button type="submit" intent="primary" size="auth" full busy={busy}>
				{isDemo ? "Sign in as Demo again" : "Sign in again"}
			</Button>
			{!isDemo && (
				<a
					href={signInPath(location.pathname + location.search)}
					className="justify-self-start text-12 text-accent hover:underline phone:py-3"
				>
					Sign in another way
				</a>
			)}
		</form>
	);
}
