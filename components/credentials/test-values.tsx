"use client";

import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import type { CredentialType } from "@/server/credentials/catalog";
import type { CredentialValues } from "@/server/credentials/credential-definition";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { TestVerdict } from "./test-verdict";

interface TestValuesProps {
	tried: { team: string; type: CredentialType; values: CredentialValues };
	testedBy: "request" | "itself";
	/** Nothing is missing in the form. */
	isReady: boolean;
	onIncomplete: () => void;
}

/** Tries what stands in a form before it is saved. What came of it is shown until the form changes. */
export function TestValues({ tried, testedBy, isReady, onIncomplete }: TestValuesProps) {
	const trpc = useTRPC();
	const [url, setUrl] = useState("");
	const testing = useMutation({ ...trpc.credentials.testValues.mutationOptions(), meta: { ownError: true } });
	const asked = { ...tried, ...(testedBy === "request" && { url: url.trim() }) };
	const isAnswered = JSON.stringify(testing.variables) === JSON.stringify(asked);
	const test = () => (isReady ? testing.mutate(asked) : onIncomplete());
	const button = (
		<Button size="form" busy={testing.isPending} onClick={test}>
			<FlaskConical />
			Test
		</Button>
	);
	const testByEnter = (event: KeyboardEvent) => {
		if (event.key !== "Enter") return;
		// It would save the form.
		event.preventDefault();
		test();
	};
	return (
		<div className="grid gap-2">
			{testedBy === "itself" ? (
				<div>{button}</div>
			) : (
				<Field label="Test it at" hint="optional" help="A URL that asks for this credential. The test sends it there.">
					{(control) => (
						<div className="flex gap-2">
							<Input
								{...control}
								value={url}
								maxLength={2_000}
								autoComplete="off"
								spellCheck={false}
								placeholder="https://api.example.com/user"
								className="min-w-0 flex-1"
								onChange={(event) => setUrl(event.target.value)}
								onKeyDown={testByEnter}
							/>
							{button}
						</div>
					)}
				</Field>
			)}
			<div role="status" className="empty:hidden">
				{isAnswered && testing.data && <TestVerdict {...testing.data} />}
				{isAnswered && testing.error && <FieldError>{errorText(testing.error)}</FieldError>}
			</div>
		</div>
	);
}
