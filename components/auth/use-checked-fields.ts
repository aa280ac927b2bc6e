"use client";

import { type FormEvent, useState } from "react";

/** What is wrong with the text of a field; undefined when it can be sent. */
export type FieldCheck = (text: string) => string | undefined;

/** Checks a form before it is sent: says under each field what is wrong, and leads to the first of those. */
export function useCheckedFields<Name extends string>(checks: Readonly<Partial<Record<Name, FieldCheck>>>) {
	const [errors, setErrors] = useState<Readonly<Record<string, string | undefined>>>({});
	const check = (event: FormEvent<HTMLFormElement>) => {
		const form = event.currentTarget;
		const found = findErrors(checks, new FormData(form));
		setErrors(found);
		const [first] = Object.keys(found);
		if (first === undefined) return;
		event.preventDefault();
		form.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
	};
	/** What was said of a field is over as soon as it is changed. */
	const forget = (name: Name) => setErrors((before) => ({ ...before, [name]: undefined }));
	return { errors, form: { noValidate: true, onSubmit: check }, forget };
}

function findErrors<Name extends string>(checks: Readonly<Partial<Record<Name, FieldCheck>>>, sent: FormData) {
	const errors: Partial<Record<Name, string>> = {};
	for (const name in checks) {
		const value = sent.get(name);
		const error = checks[name]?.(typeof value === "string" ? value : "");
		if (error !== undefined) errors[name] = error;
	}
	return errors;
}

export const checkName: FieldCheck = (text) => (text.trim() === "" ? "Enter your name." : undefined);

export const checkEmail: FieldCheck = (text) =>
	/^[^\s@]+@[^\s@.]+\.\S+$/.test(text.trim()) ? undefined : "Enter an e-mail address, such as ada@example.com.";

export const checkPassword: FieldCheck = (text) => (text === "" ? "Enter your password." : undefined);

export const checkNewPassword: FieldCheck = (text) => {
	if (text.length < 10) return "Use at least ten characters for the password.";
	return text.length > 1_000 ? "Use 1,000 characters at most for the password." : undefined;
};
