"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { checkName, type FieldCheck, useCheckedFields } from "../auth/use-checked-fields";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { initials as initialsOf } from "../ui/format/format-name";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { TimeZoneInput } from "../ui/forms/time-zone-input";
import { ThemeSegments } from "../ui/theme/theme-choices";
import { showDone } from "../ui/toasts/toaster";

type Account = Outputs["account"]["get"];

/** Name, initials and time zone are saved together; a theme shows, and is kept, as soon as it is chosen. */
export function ProfileForm({ account }: { account: Account }) {
	const [name, setName] = useState(account.name);
	const [initials, setInitials] = useState(account.initials ?? "");
	const [timeZone, setTimeZone] = useState(account.timeZone ?? "");
	const saving = useSaveProfile();
	const { form, errors, forget } = useCheckedFields(CHECKS);
	const submit = (event: FormEvent<HTMLFormElement>) => {
		form.onSubmit(event);
		if (event.isDefaultPrevented()) return;
		event.preventDefault();
		saving.mutate({ name, initials: initials.trim() || null, timeZone: timeZone.trim() || null });
	};
	return (
		<form noValidate onSubmit={submit} className="grid gap-4 p-4">
			<div className="flex items-start gap-3">
				<Avatar name={name} initials={initials.trim()} size="large" className="mt-5.5" />
				<Field label="Name" required error={errors.name} className="flex-1">
					{(control) => (
						<Input
							{...control}
							name="name"
							value={name}
							maxLength={100}
							autoComplete="name"
							onChange={(event) => {
								setName(event.target.value);
								forget("name");
							}}
						/>
					)}
				</Field>
				<Field label="Initials" error={errors.initials} className="w-20">
					{(control) => (
						<Input
							{...control}
							name="initials"
							value={initials}
							maxLength={12}
							placeholder={initialsOf(name)}
							autoComplete="off"
							onChange={(event) => {
								setInitials(event.target.value);
								forget("initials");
							}}
						/>
					)}
				</Field>
			</div>
			<TimeZoneField
				value={timeZone}
				error={errors.timeZone}
				onChange={(zone) => {
					setTimeZone(zone);
					forget("timeZone");
				}}
			/>
			<Field label="Theme" group>
				{() => <ThemeSegments />}
			</Field>
			{saving.error && (
				<div role="alert">
					<FieldError>{errorText(saving.error)}</FieldError>
				</div>
			)}
			<Button type="submit" intent="primary" size="form" busy={saving.isPending} className="justify-self-start">
				Save profile
			</Button>
		</form>
	);
}

/** What the server refuses too. */
const CHECKS: Record<"name" | "initials" | "timeZone", FieldCheck> = {
	name: checkName,
	initials: (text) => ([...text.trim()].length > 2 ? "Use two letters at most." : undefined),
	timeZone: (text) =>
		text.trim() === "" || isTimeZone(text.trim())
			? undefined
			: "Choose a time zone from the list, such as Europe/Berlin.",
};

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
	} catch {
		return false;
	}
}

interface TimeZoneFieldProps {
	value: string;
	error: string | undefined;
	onChange: (value: string) => void;
}

function TimeZoneField({ value, error, onChange }: TimeZoneFieldProps) {
	const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
	return (
		<Field
			label="Time zone"
			hint="optional"
			help={`Left empty, times are those of each browser, here ${here}.`}
			error={error}
		>
			{(control) => (
				<TimeZoneInput
					{...control}
					name="timeZone"
					value={value}
					placeholder={here}
					onChange={(event) => onChange(event.target.value)}
				/>
			)}
		</Field>
	);
}

function useSaveProfile() {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	return useMutation({
		...trpc.account.updateProfile.mutationOptions(),
		meta: { ownError: true },
		onSuccess: () => {
			showDone("Your profile is saved");
			// The pages around know the person from the server.
			router.refresh();
			return queries.invalidateQueries(trpc.account.get.queryFilter());
		},
	});
}
