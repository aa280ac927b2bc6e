"use client";

import { Play } from "lucide-react";
import { Button, type ButtonProps } from "../ui/button";
import { IconTile } from "../ui/icon-tile";
import type { AuthAction } from "./actions";
import { FormProblem } from "./credential-fields";
import { useAuthAction } from "./use-auth-action";

interface DemoProps {
	action: AuthAction;
	returnTo: string;
}

/** The way in without an account, in one click. */
export function DemoCard({ action, returnTo }: DemoProps) {
	return (
		<div className="mt-7 flex items-center gap-3.5 rounded-3 border border-line bg-panel py-3 pr-3 pl-3.5 shadow-1">
			<IconTile category="trigger">
				<Play aria-hidden="true" />
			</IconTile>
			<div className="min-w-0 flex-1">
				<div className="font-medium">Try the demo, no account needed</div>
				<div className="text-12 text-ink-3">Your first run in under a minute</div>
			</div>
			<DemoButton action={action} returnTo={returnTo}>
				Try it
			</DemoButton>
		</div>
	);
}

export function DemoButton({
	action,
	returnTo,
	...button
}: DemoProps & Pick<ButtonProps, "intent" | "size" | "children">) {
	const { error, send, busy } = useAuthAction(action);
	return (
		<form action={send} className="grid gap-1">
			<input type="hidden" name="next" value={returnTo} />
			<Button type="submit" busy={busy} {...button} />
			<FormProblem error={error} />
		</form>
	);
}
