"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { isRole, mayGive, ROLE_LADDER, type Role } from "@/server/teams/permissions";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { copyText } from "../ui/copy-text";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { Select } from "../ui/forms/select";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { capitalize } from "./capitalize";

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
	const invite = useInvite();
	if (invite.data) return <InvitationLink {...invite.data} email={email.trim()} onClose={onClose} />;
	const isBound = email.trim() !== "";
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const uses = isBound ? 1 : Number(maxUses);
		invite.mutate({ team, role, email: isBound ? email.trim() : undefined, maxUses: uses, days: Number(days) });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Invite people"
			description="Whoever opens the link can join, with an account they have or make then."
			foot={
				<SubmitButtons form={formId} busy={invite.isPending} wide onCancel={onClose}>
					Make an invitation
				</SubmitButtons>
			}
		>
			<form id={formId} noValidate onSubmit={submit} className="grid gap-3">
				<Field label="E-mail address" hint="optional" help="Only the account of this address can use the link then.">
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
					<Field label="For how many people">
						{(control) => (
							<Input
								{...control}
								type="number"
								min={1}
								max={1_000}
								disabled={isBound}
								value={isBound ? "1" : maxUses}
								onChange={(event) => setMaxUses(event.target.value)}
							/>
						)}
					</Field>
					<Field label="For how many days">
						{(control) => (
							<Input
								{...control}
								type="number"
								min={1}
								max={90}
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
		<Field label="Role">
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
	isMailed: boolean;
	email: string;
	onClose: () => void;
}

function InvitationLink({ token, isMailed, email, onClose }: InvitationLinkProps) {
	const link = `${location.origin}/join/${token}`;
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={isMailed ? "The invitation is on its way" : "The invitation is ready"}
			description={
				isMailed
					? `It was sent to ${email}. The link is shown this once only.`
					: "Send this link to whom it is for. It is shown this once only."
			}
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

function useInvite() {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		...trpc.invitations.create.mutationOptions(),
		meta: { ownError: true },
		onSuccess: () => queries.invalidateQueries(trpc.invitations.pathFilter()),
	});
}
