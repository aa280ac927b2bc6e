"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { isRole, mayGive, ROLE_LADDER, type Role } from "@/server/teams/permissions";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Button } from "../ui/button";
import { copyText } from "../ui/copy-text";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { Select } from "../ui/forms/select";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { capitalize } from "./capitalize";
import { ROLE_DESCRIPTIONS } from "./role-descriptions";

interface InviteDialogProps {
	team: string;
	onClose: () => void;
}

/** Asks who is invited and as what, then shows the link: once, since it is stored nowhere. */
export function InviteDialog({ team, onClose }: InviteDialogProps) {
	const formId = useId();
	const [role, setRole] = useState<Role>("editor");
	const [email, setEmail] = useState("");
	const [maxUses, setMaxUses] = useState("1");
	const [days, setDays] = useState("7");
	const whyNot = useWhyNot("member:manage");
	const invite = useInvite();
	if (invite.data) return <InvitationLink {...invite.data} email={email.trim()} onClose={onClose} />;
	const isBound = email.trim() !== "";
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const uses = isBound ? 1 : Number(maxUses);
		if (whyNot === undefined)
			invite.mutate({ team, role, email: isBound ? email.trim() : undefined, maxUses: uses, days: Number(days) });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Invite people"
			description="Anyone with the link can join, with an existing account or a new one."
			foot={
				<SubmitButtons form={formId} busy={invite.isPending} whyNot={whyNot} wide onCancel={onClose}>
					Create invitation
				</SubmitButtons>
			}
		>
			<form id={formId} noValidate onSubmit={submit} className="grid gap-3">
				<Field label="E-mail address" hint="optional" help="Then only the account with this address can use the link.">
					{(control) => (
						<Input
							{...control}
							type="email"
							value={email}
							maxLength={254}
							autoComplete="off"
							placeholder="dana@example.com"
							onChange={(event) => setEmail(event.target.value)}
						/>
					)}
				</Field>
				<RoleField role={role} onChange={setRole} />
				<div className="grid grid-cols-2 gap-3">
					<Field label="Number of people">
						{(control) => (
							<Input
								{...control}
								inputMode="numeric"
								maxLength={4}
								disabled={isBound}
								value={isBound ? "1" : maxUses}
								onChange={(event) => setMaxUses(event.target.value)}
							/>
						)}
					</Field>
					<Field label="Days until it expires">
						{(control) => (
							<Input
								{...control}
								inputMode="numeric"
								maxLength={2}
								value={days}
								onChange={(event) => setDays(event.target.value)}
							/>
						)}
					</Field>
				</div>
				{invite.error && <FieldError>{errorText(invite.error)}</FieldError>}
			</form>
		</Dialog>
	);
}

function RoleField({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
	const { team } = useViewer();
	const options = ROLE_LADDER.filter((given) => mayGive(team.role, given)).map((given) => ({
		value: given,
		label: capitalize(given),
	}));
	return (
		<Field label="Role" help={ROLE_DESCRIPTIONS[role]}>
			{(control) => (
				<Select
					{...control}
					value={role}
					options={options}
					onChange={(chosen) => {
						if (isRole(chosen)) onChange(chosen);
					}}
				/>
			)}
		</Field>
	);
}

interface InvitationLinkProps {
	token: string;
	mail: Outputs["invitations"]["create"]["mail"];
	email: string;
	onClose: () => void;
}

function InvitationLink({ token, mail, email, onClose }: InvitationLinkProps) {
	const link = `${location.origin}/join/${token}`;
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={mail === "sent" ? "The invitation is on its way" : "The invitation is ready"}
			description={describeMail(mail, email)}
			foot={
				<Button intent="primary" size="form" className="ml-auto" onClick={onClose}>
					Done
				</Button>
			}
		>
			<div className="flex gap-2">
				<Input readOnly aria-label="Link" value={link} onFocus={(event) => event.currentTarget.select()} />
				<Button size="form" onClick={() => void copyText(link, "The link")}>
					<Copy />
					Copy
				</Button>
			</div>
		</Dialog>
	);
}

function describeMail(mail: InvitationLinkProps["mail"], email: string): string {
	switch (mail) {
		case "sent":
			return `It was sent to ${email}. The link is shown only once.`;
		case "waiting":
			return `The mail server does not answer. The mail to ${email} is sent as soon as it does, within a day, or you send this link. It is shown only once.`;
		case "refused":
			return `The mail server refused to send it to ${email}. Check the address, or send this link. It is shown only once.`;
		case "none":
			return "Send this link to the people you invite. It is shown only once.";
	}
}

function useInvite() {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		...trpc.invitations.create.mutationOptions(),
		meta: { ownError: true },
		onSuccess: () => queries.invalidateQueries(trpc.invitations.pathFilter()),
	});
}
