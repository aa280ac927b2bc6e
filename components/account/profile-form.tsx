"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { initials as initialsOf } from "../ui/format/format-name";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { ThemeSegments } from "../ui/theme/theme-choices";
import { showDone } from "../ui/toasts/toaster";

type Account = Outputs["account"]["get"];

/** Name, initials and time zone are saved together; a theme shows, and is kept, as soon as it is chosen. */
export function ProfileForm({ account }: { account: Account }) {
	const [name, setName] = useState(account.name);
	const [initials, setInitials] = useState(account.initials ?? "");
	const [timeZone, setTimeZone] = useState(account.timeZone ?? "");
	const saving = useSaveProfile();
	const submit = (event: FormEvent) => {
		event.preventDefault();
		saving.mutate({ name, initials: initials.trim() || null, timeZone: timeZone.trim() || null });
	};
	return (
		<form noValidate onSubmit={submit} className="grid gap-4 p-4">
			<div className="flex items-end gap-3">
				<Avatar name={name} initials={initials.trim()} size="large" className="mb-0.5" />
				<Field label="Name" required className="flex-1">
					{(control) => (
						<Input
							{...control}
							value={name}
							maxLength={100}
							autoComplete="name"
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				<Field label="Initials" className="w-20">
					{(control) => (
						<Input
							{...control}
							value={initials}
							maxLength={12}
							placeholder={initialsOf(name)}
							autoComplete="off"
							onChange={(event) => setInitials(event.target.value)}
						/>
					)}
				</Field>
			</div>
			<TimeZoneField value={timeZone} onChange={setTimeZone} />
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

function TimeZoneField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
	const listId = useId();
	const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
	return (
		<Field label="Time zone" hint="optional" help={`Left empty, times are those of each browser, here ${here}.`}>
			{(control) => (
				<>
					<Input
						{...control}
						list={listId}
						value={value}
						maxLength={64}
						placeholder={here}
						autoComplete="off"
						onChange={(event) => onChange(event.target.value)}
					/>
					<datalist id={listId}>
						{Intl.supportedValuesOf("timeZone").map((zone) => (
							<option key={zone} value={zone} />
						))}
					</datalist>
				</>
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
