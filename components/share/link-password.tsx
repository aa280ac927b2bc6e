"use client";

import { Lock } from "lucide-react";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Brand } from "@/components/ui/mark";

interface LinkPasswordProps {
	token: string;
	action: (before: { error?: string }, form: FormData) => Promise<{ error?: string }>;
}

/** Asks for the password of a link. Works without JavaScript. */
export function LinkPassword({ token, action }: LinkPasswordProps) {
	const [{ error }, send, busy] = useActionState(action, {});
	return (
		<main className="grid min-h-dvh place-items-center bg-page p-5">
			<form action={send} className="grid w-full max-w-90 gap-4 rounded-4 border border-line bg-panel p-6 shadow-2">
				<Brand />
				<div>
					<h1 className="flex items-center gap-2 text-15">
						<Lock aria-hidden="true" className="size-4 text-ink-3" />
						This link has a password
					</h1>
					<p className="mt-1 text-12 text-ink-3">Ask the person who sent you the link for it.</p>
				</div>
				<input type="hidden" name="token" value={token} />
				<Field label="Password" error={busy ? undefined : error} required>
					{(control) => <Input {...control} name="password" type="password" autoComplete="off" autoFocus />}
				</Field>
				<Button type="submit" intent="primary" size="form" busy={busy}>
					Open the link
				</Button>
			</form>
		</main>
	);
}
