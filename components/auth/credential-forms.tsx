"use client";

import { useState } from "react";
import { Button } from "../ui/button";
import { Field } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import type { AuthAction } from "./actions";
import { EmailField, FormProblem, PasswordField } from "./credential-fields";
import { useAuthAction } from "./use-auth-action";
import { checkEmail, checkName, checkNewPassword, checkPassword, useCheckedFields } from "./use-checked-fields";

interface FormProps {
	action: AuthAction;
	returnTo: string;
	/** Stands in the form at first. */
	email?: string | undefined;
}

const SIGN_IN = { email: checkEmail, password: checkPassword };

export function PasswordForm({ action, returnTo, email: given = "" }: FormProps) {
	const { error, typed, send, busy } = useAuthAction(action);
	const { errors, form, forget } = useCheckedFields(SIGN_IN);
	const [email, setEmail] = useState(typed?.email ?? given);
	const [password, setPassword] = useState("");
	return (
		<form action={send} {...form} className="grid gap-3">
			<input type="hidden" name="next" value={returnTo} />
			<EmailField value={email} onChange={setEmail} onEdit={forget} error={errors.email} />
			<PasswordField
				value={password}
				onChange={setPassword}
				onEdit={forget}
				error={errors.password}
				placeholder="Your password"
				autoComplete="current-password"
			/>
			<FormProblem error={error} />
			<Button type="submit" intent="primary" size="auth" full busy={busy} className="mt-1">
				Sign in
			</Button>
		</form>
	);
}

const NEW_ACCOUNT = { name: checkName, email: checkEmail, password: checkNewPassword };

export function CreateAccountForm({ action, returnTo, email: given = "" }: FormProps) {
	const { error, typed, send, busy } = useAuthAction(action);
	const { errors, form, forget } = useCheckedFields(NEW_ACCOUNT);
	const [name, setName] = useState(typed?.name ?? "");
	const [email, setEmail] = useState(typed?.email ?? given);
	const [password, setPassword] = useState("");
	return (
		<form action={send} {...form} className="grid gap-3">
			<input type="hidden" name="next" value={returnTo} />
			<Field label="Name" help="As your team sees it." error={errors.name} required>
				{(control) => (
					<Input
						{...control}
						name="name"
						maxLength={100}
						autoComplete="name"
						className="h-9 phone:h-11"
						value={name}
						onChange={(event) => {
							setName(event.target.value);
							forget("name");
						}}
					/>
				)}
			</Field>
			<EmailField value={email} onChange={setEmail} onEdit={forget} error={errors.email} />
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
				Create account
			</Button>
		</form>
	);
}
