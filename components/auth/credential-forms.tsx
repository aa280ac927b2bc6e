"use client";

import { Eye, EyeOff } from "lucide-react";
import { useActionState, useState } from "react";
import { Button } from "../ui/button";
import { Field, type FieldControl, FieldError } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { Input, InputBox } from "../ui/input";
import type { AuthAction, AuthState } from "./actions";

interface FormProps {
	action: AuthAction;
	returnTo: string;
}

const start: AuthState = {};

export function PasswordForm({ action, returnTo }: FormProps) {
	const [state, send, busy] = useActionState(action, start);
	const [email, setEmail] = useState("");
	const [password, setPassword] = useState("");
	return (
		<form action={send} className="grid gap-3">
			<input type="hidden" name="next" value={returnTo} />
			<EmailField value={email} onChange={setEmail} />
			<Field label="Password">
				{(control) => (
					<PasswordInput
						control={control}
						value={password}
						onChange={setPassword}
						placeholder="Your password"
						autoComplete="current-password"
					/>
				)}
			</Field>
			<FormProblem state={state} busy={busy} />
			<Button type="submit" intent="primary" size="auth" full busy={busy} className="mt-1">
				Sign in
			</Button>
		</form>
	);
}

export function CreateAccountForm({ action, returnTo }: FormProps) {
	const [state, send, busy] = useActionState(action, start);
	const [name, setName] = useState("");
	const [email, setEmail] = useState("");
	const [password, setPassword] = useState("");
	return (
		<form action={send} className="grid gap-3">
			<input type="hidden" name="next" value={returnTo} />
			<Field label="Name" help="As your team sees it.">
				{(control) => (
					<Input
						{...control}
						name="name"
						required
						maxLength={100}
						autoComplete="name"
						className="h-9 phone:h-11"
						value={name}
						onChange={(event) => setName(event.target.value)}
					/>
				)}
			</Field>
			<EmailField value={email} onChange={setEmail} />
			<Field label="Password" help="At least 10 characters.">
				{(control) => (
					<PasswordInput
						control={control}
						value={password}
						onChange={setPassword}
						autoComplete="new-password"
						minLength={10}
					/>
				)}
			</Field>
			<FormProblem state={state} busy={busy} />
			<Button type="submit" intent="primary" size="auth" full busy={busy} className="mt-1">
				Create account
			</Button>
		</form>
	);
}

interface TextProps {
	value: string;
	onChange: (value: string) => void;
}

function EmailField({ value, onChange }: TextProps) {
	return (
		<Field label="E-mail">
			{(control) => (
				<Input
					{...control}
					type="email"
					name="email"
					required
					autoComplete="username"
					placeholder="you@example.com"
					className="h-9 phone:h-11"
					value={value}
					onChange={(event) => onChange(event.target.value)}
				/>
			)}
		</Field>
	);
}

interface PasswordInputProps extends TextProps {
	control: FieldControl;
	autoComplete: "current-password" | "new-password";
	placeholder?: string;
	minLength?: number;
}

function PasswordInput({ control, value, onChange, ...rest }: PasswordInputProps) {
	const [shown, setShown] = useState(false);
	return (
		<InputBox
			{...control}
			{...rest}
			size="auth"
			type={shown ? "text" : "password"}
			name="password"
			required
			value={value}
			onChange={(event) => onChange(event.target.value)}
			end={
				<IconButton
					label={shown ? "Hide password" : "Show password"}
					size="panel"
					className="-mr-1 phone:-mr-2"
					onClick={() => setShown(!shown)}
				>
					{shown ? <EyeOff /> : <Eye />}
				</IconButton>
			}
		/>
	);
}

/** Read out when it appears; gone while the next try is under way. */
function FormProblem({ state, busy }: { state: AuthState; busy: boolean }) {
	if (!state.error || busy) return null;
	return (
		<div role="alert">
			<FieldError>{state.error}</FieldError>
		</div>
	);
}
