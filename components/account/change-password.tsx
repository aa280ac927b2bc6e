"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { PasswordField } from "../auth/credential-fields";
import { checkNewPassword, checkPassword } from "../auth/use-checked-fields";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Button } from "../ui/button";
import { FieldError } from "../ui/forms/field";
import { showDone } from "../ui/toasts/toaster";

type Account = Outputs["account"]["get"];

const SERVICES: Readonly<Record<string, string>> = { github: "GitHub", google: "Google" };

export function ChangePassword({ account }: { account: Account }) {
	if (account.hasPassword) return <PasswordForm email={account.email} />;
	const services = account.services.map((name) => SERVICES[name] ?? name).join(" and ");
	return (
		<p className="px-4 py-3 text-ink-2">
			{services ? `You sign in with ${services}, so there is no password to change.` : "This account has no password."}{" "}
			To set one, sign out and use “Forgot your password?”.
		</p>
	);
}

interface Typed {
	current: string;
	password: string;
}

const EMPTY: Typed = { current: "", password: "" };

function PasswordForm({ email }: { email: string }) {
	const [typed, setTyped] = useState(EMPTY);
	const [errors, setErrors] = useState<Partial<Typed>>({});
	const form = useRef<HTMLFormElement>(null);
	const changing = useChangePassword(() => setTyped(EMPTY));
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const found = { current: checkPassword(typed.current), password: checkNewPassword(typed.password) };
		setErrors(found);
		const first = found.current ? "current" : found.password ? "password" : undefined;
		if (first === undefined) changing.mutate(typed);
		else form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
	};
	const edit = (name: keyof Typed) => (value: string) => {
		setTyped((before) => ({ ...before, [name]: value }));
		setErrors((before) => ({ ...before, [name]: undefined }));
	};
	return (
		<form ref={form} noValidate onSubmit={submit} className="grid max-w-[440px] gap-3 p-4">
			<input type="hidden" name="username" autoComplete="username" value={email} />
			<PasswordField
				label="Current password"
				name="current"
				value={typed.current}
				onChange={edit("current")}
				error={errors.current}
				autoComplete="current-password"
			/>
			<PasswordField
				label="New password"
				value={typed.password}
				onChange={edit("password")}
				error={errors.password}
				help="At least 10 characters."
				autoComplete="new-password"
			/>
			{changing.error && (
				<div role="alert">
					<FieldError>{errorText(changing.error)}</FieldError>
				</div>
			)}
			<Button type="submit" size="form" busy={changing.isPending} className="justify-self-start">
				Change password
			</Button>
		</form>
	);
}

function useChangePassword(onChanged: () => void) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		...trpc.account.changePassword.mutationOptions(),
		meta: { ownError: true },
		onSuccess: () => {
			showDone("Your password is changed", "You are signed out everywhere else.");
			onChanged();
			return queries.invalidateQueries(trpc.account.sessions.queryFilter());
		},
	});
}
