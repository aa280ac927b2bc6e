"use client";

import { Check, X } from "lucide-react";
import { type ReactNode, useActionState } from "react";
import type { FormField } from "@/server/plan/form-field";
import { Button } from "../ui/button";
import { AnswerField } from "./answer-field";

export interface DecideState {
	message?: string;
	problems?: Record<string, string>;
	entered?: Record<string, string[]>;
}

interface DecideFormProps {
	token: string;
	fields: readonly FormField[];
	action: (before: DecideState, form: FormData) => Promise<DecideState>;
	children: ReactNode;
}

/** The form and the two answers, fixed at the bottom. A browser sends it without scripts, too. */
export function DecideForm({ token, fields, action, children }: DecideFormProps) {
	const [{ message, problems = {}, entered }, send, isBusy] = useActionState(action, {});
	return (
		<form action={send} className="flex min-h-0 flex-1 flex-col">
			<input type="hidden" name="token" value={token} />
			<main className="mx-auto w-full max-w-158 flex-1 p-4 pb-28">
				{children}
				<div className="grid gap-4">
					{fields.map((field) => (
						<AnswerField
							key={field.name}
							field={field}
							entered={entered?.[field.name]}
							problem={problems[field.name]}
						/>
					))}
				</div>
				{message !== undefined && (
					<p role="alert" className="mt-3 text-12 text-failed">
						{message}
					</p>
				)}
			</main>
			<div className="fixed inset-x-0 bottom-0 border-line border-t bg-page px-4 pt-3 pb-5">
				<div className="mx-auto flex max-w-150 gap-2">
					<Button
						type="submit"
						name="decision"
						value="declined"
						intent="danger"
						size="large"
						className="flex-1"
						formNoValidate
						disabled={isBusy}
					>
						<X />
						Decline
					</Button>
					<Button
						type="submit"
						name="decision"
						value="approved"
						intent="primary"
						size="large"
						className="flex-1"
						disabled={isBusy}
					>
						<Check />
						Approve
					</Button>
				</div>
			</div>
		</form>
	);
}
