"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { credentialDefinition } from "@/server/credentials/catalog";
import { TestVerdict } from "../credentials/test-verdict";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { SubmitButtons } from "../ui/forms/submit-buttons";

type Credential = Outputs["credentials"]["list"]["credentials"][number];

interface TestCredentialDialogProps {
	team: string;
	credential: Credential;
	onClose: () => void;
}

/** Tries a credential where it is used. */
export function TestCredentialDialog({ team, credential, onClose }: TestCredentialDialogProps) {
	const { id, name, type, isPersonal } = credential;
	const whyNotOwn = useWhyNot("credential:own");
	const whyNotTeam = useWhyNot("credential:manage");
	const whyNot = isPersonal ? whyNotOwn : whyNotTeam;
	const trpc = useTRPC();
	const [url, setUrl] = useState("");
	const formId = useId();
	const testing = useMutation({ ...trpc.credentials.test.mutationOptions(), meta: { ownError: true } });
	const asksWhere = credentialDefinition(type).testedBy === "request";
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (whyNot === undefined) testing.mutate({ team, id, ...(asksWhere && { url: url.trim() }) });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Test ${name}`}
			description={DESCRIPTIONS[asksWhere ? "request" : type === "ssh-key" ? "key" : "connection"]}
			foot={
				<SubmitButtons form={formId} busy={testing.isPending} whyNot={whyNot} onCancel={onClose}>
					Test
				</SubmitButtons>
			}
		>
			<form id={formId} noValidate onSubmit={submit} className="grid gap-3">
				{asksWhere && (
					<Field label="Address" required>
						{(control) => (
							<Input
								{...control}
								value={url}
								maxLength={2_000}
								autoComplete="off"
								spellCheck={false}
								placeholder="https://api.example.com/user"
								onChange={(event) => setUrl(event.target.value)}
							/>
						)}
					</Field>
				)}
				<div role="status">
					{testing.data && <TestVerdict {...testing.data} />}
					{testing.error && <FieldError>{errorText(testing.error)}</FieldError>}
				</div>
			</form>
		</Dialog>
	);
}

const DESCRIPTIONS = {
	request: "It is sent to an address of the server that it belongs to, which answers whether it takes it.",
	connection: "Weft signs in where it belongs, and changes nothing there.",
	key: "The key is read, and its fingerprint shown.",
};
