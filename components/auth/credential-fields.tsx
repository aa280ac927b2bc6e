"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Field, FieldError } from "../ui/forms/field";
import { Input, InputBox } from "../ui/forms/input";
import { IconButton } from "../ui/icon-button";

interface TextProps<Name extends string> {
	value: string;
	onChange: (value: string) => void;
	/** What was said of it is over. */
	onEdit: (name: Name) => void;
	error: string | undefined;
}

export function EmailField({ value, onChange, onEdit, error }: TextProps<"email">) {
	return (
		<Field label="E-mail" error={error} required>
			{(control) => (
				<Input
					{...control}
					type="email"
					maxLength={254}
					name="email"
					autoComplete="username"
					placeholder="you@example.com"
					className="h-9 phone:h-11"
					value={value}
					onChange={(event) => {
						onChange(event.target.value);
						onEdit("email");
					}}
				/>
			)}
		</Field>
	);
}

interface PasswordFieldProps extends Omit<TextProps<"password">, "onEdit"> {
	onEdit?: TextProps<"password">["onEdit"];
	label?: string;
	/** What it is sent as. */
	name?: string;
	autoComplete: "current-password" | "new-password";
	placeholder?: string;
	help?: string;
}

export function PasswordField(props: PasswordFieldProps) {
	const { value, onChange, onEdit, error, help, label = "Password", name = "password", ...rest } = props;
	const [shown, setShown] = useState(false);
	return (
		<Field label={label} help={help} error={error} required>
			{(control) => (
				<InputBox
					{...control}
					{...rest}
					size="auth"
					type={shown ? "text" : "password"}
					name={name}
					// One more than is taken: a longer one is refused, not cut unseen.
					maxLength={1_001}
					value={value}
					onChange={(event) => {
						onChange(event.target.value);
						onEdit?.("password");
					}}
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
			)}
		</Field>
	);
}

/** Read out when it appears. */
export function FormProblem({ error }: { error: string | undefined }) {
	if (error === undefined) return null;
	return (
		<div role="alert">
			<FieldError>{error}</FieldError>
		</div>
	);
}
