"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Button } from "../ui/button";
import { FieldError } from "../ui/forms/field";

type Account = Outputs["account"]["get"];

/** Whether the address is known to be the person's own, and how to show that it is. */
export function AddressStatus({ account: { email, address } }: { account: Account }) {
	if (address === "verified")
		return <p className="px-4 py-3 text-ink-2">{email} is verified: approvals that name it are yours to decide.</p>;
	return (
		<div className="grid gap-3 px-4 py-3 text-ink-2">
			<p>Whether {email} is yours is not verified. Until it is, approvals that name it are not yours to decide.</p>
			{address === "by mail" ? (
				<MailLink />
			) : (
				<p>
					This server sends no e-mail. Ask whoever runs it for{" "}
					<code className="break-all font-mono text-12">npx weft admin verify-address {email}</code>
				</p>
			)}
		</div>
	);
}

function MailLink() {
	const trpc = useTRPC();
	const mailing = useMutation({ ...trpc.account.mailAddressLink.mutationOptions(), meta: { ownError: true } });
	if (mailing.isSuccess) return <p role="status">A link is on its way to you. Open it in this browser.</p>;
	return (
		<>
			{mailing.error && (
				<div role="alert">
					<FieldError>{errorText(mailing.error)}</FieldError>
				</div>
			)}
			<Button size="form" busy={mailing.isPending} className="justify-self-start" onClick={() => mailing.mutate()}>
				Mail me a link
			</Button>
		</>
	);
}
