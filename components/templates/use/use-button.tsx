"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { Button } from "../../ui/button";
import type { UseButtonProps } from "./guarded-use-button";

// Loaded inside a team alone: strangers have no role.
const GuardedUseButton = dynamic(() => import("./guarded-use-button").then((module) => module.GuardedUseButton));

/** Leads to what a template asks for before it becomes a workflow. */
export function UseButton({ guarded, ...props }: UseButtonProps & { guarded: boolean }) {
	if (guarded) return <GuardedUseButton {...props} />;
	const { href, children, ...look } = props;
	return (
		<Button {...look} asChild intent="primary">
			<Link href={href}>{children}</Link>
		</Button>
	);
}
