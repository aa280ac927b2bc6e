"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { ErrorRow } from "../ui/error-row";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { SkeletonRows } from "../ui/skeleton";

type TeamFate = Outputs["account"]["deletion"]["teams"][number];

export function DeleteAccount({ email }: { email: string }) {
	const [isOpen, setOpen] = useState(false);
	return (
		<div className="flex items-center gap-4 p-4">
			<p className="min-w-0 flex-1 text-ink-2">You see what goes and what stays before anything happens.</p>
			<Button intent="danger" size="form" onClick={() => setOpen(true)}>
				Delete account
			</Button>
			{isOpen && <DeleteDialog email={email} onClose={() => setOpen(false)} />}
		</div>
	);
}

function DeleteDialog({ email, onClose }: { email: string; onClose: () => void }) {
	const trpc = useTRPC();
	const deletion = useQuery(trpc.account.deletion.queryOptions(undefined, { gcTime: 0 }));
	const formId = useId();
	const [typed, setTyped] = useState("");
	const deleting = useMutation({
		...trpc.account.delete.mutationOptions(),
		meta: { ownError: true },
		// A new page: nothing that this one still holds is anybody's any more.
		onSuccess: () => location.assign("/"),
	});
	/** Undefined until it is known. */
	const isStuck = deletion.data?.teams.some(({ fate }) => fate === "needs an owner");
	const isConfirmed = typed.trim().toLowerCase() === email;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (isConfirmed && isStuck === false) deleting.mutate({ email: typed });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Delete your account?"
			description="This cannot be undone."
			foot={
				<span className="ml-auto flex gap-2">
					<Button intent="ghost" size="form" onClick={onClose}>
						{isStuck ? "Close" : "Cancel"}
					</Button>
					{!isStuck && (
						<Button
							intent="danger"
							size="form"
							type="submit"
							form={formId}
							disabled={!isConfirmed || isStuck === undefined}
							busy={deleting.isPending || deleting.isSuccess}
						>
							Delete account
						</Button>
					)}
				</span>
			}
		>
			<form id={formId} noValidate onSubmit={submit} className="grid gap-4">
				{deletion.data ? (
					<Fates teams={deletion.data.teams} />
				) : deletion.error ? (
					<ErrorRow onRetry={() => void deletion.refetch()} busy={deletion.isFetching}>
						{errorText(deletion.error)}
					</ErrorRow>
				) : (
					<SkeletonRows rows={2} rowClassName="h-8" label="Checking your teams" />
				)}
				{!isStuck && (
					<Field label={`Type ${email} to confirm`}>
						{(control) => (
							<Input
								{...control}
								value={typed}
								maxLength={254}
								autoComplete="off"
								spellCheck={false}
								onChange={(event) => setTyped(event.target.value)}
							/>
						)}
					</Field>
				)}
				{deleting.error && (
					<div role="alert">
						<FieldError>{errorText(deleting.error)}</FieldError>
					</div>
				)}
			</form>
		</Dialog>
	);
}

function Fates({ teams }: { teams: readonly TeamFate[] }) {
	const stuck = teams.filter(({ fate }) => fate === "needs an owner");
	if (stuck.length > 0) {
		return (
			<div className="grid gap-2">
				<FieldError>
					Others work in {listNames(stuck)}, and you are the only owner. Make somebody else an owner there first.
				</FieldError>
				<ul className="grid gap-1 pl-5">
					{stuck.map(({ id, name, slug }) => (
						<li key={id}>
							<Link
								href={`/${slug}/settings/members`}
								className="rounded-1 text-accent underline phone:inline-flex phone:min-h-11 phone:items-center"
							>
								Members of {name}
							</Link>
						</li>
					))}
				</ul>
			</div>
		);
	}
	const [going, staying] = [teams.filter(({ fate }) => fate === "goes"), teams.filter(({ fate }) => fate === "stays")];
	return (
		<ul className="grid list-disc gap-1 pl-5 text-ink-2">
			<li>You are signed out everywhere, and cannot sign in any more.</li>
			{going.map((team) => (
				<li key={team.id}>
					<b className="font-medium text-ink">{team.name}</b> is deleted, with{" "}
					{team.workflows === 1 ? "its workflow" : `its ${team.workflows} workflows`}, their runs and the credentials.
					What runs is cancelled.
				</li>
			))}
			{staying.length > 0 && <li>{listNames(staying)} goes on without you. What you made there stays.</li>}
		</ul>
	);
}

function listNames(teams: readonly TeamFate[]): string {
	return new Intl.ListFormat("en").format(teams.map(({ name }) => `“${name}”`));
}
