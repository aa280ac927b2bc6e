"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { useReason } from "./hooks/use-reason";
import { IconButton, type IconButtonProps } from "./icon-button";
import { Tooltip } from "./tooltip";

export interface Guarded {
	/** Why it cannot be pressed now, and what would help; undefined when it can be. */
	whyNot: ReactNode | undefined;
}

interface GuardedButtonProps extends ButtonProps, Guarded {
	/** What it does, for whoever points at it while it can be pressed. */
	hint?: string;
}

/**
 * A button that says why it cannot be pressed. It can be reached all the same, with the keyboard too, and tells the reason
 * when it is pointed at, focused or tapped: a disabled one is passed over and silent. It stays the same element when that
 * changes, and so keeps the focus.
 */
export function GuardedButton({ whyNot, hint, ...button }: GuardedButtonProps) {
	const { tip, control } = useReason(whyNot);
	return (
		<Tooltip label={whyNot ?? hint} {...tip}>
			<Button {...button} {...control} {...(whyNot !== undefined && { type: "button" as const })} />
		</Tooltip>
	);
}

/** A link with the looks of a button, which leads nowhere while there is a reason not to. */
export function GuardedLink({ whyNot, href, children, ...button }: ButtonProps & Guarded & { href: string }) {
	const { tip, control } = useReason(whyNot);
	return (
		<Tooltip label={whyNot} {...tip}>
			<Button {...button} {...control} asChild>
				<Link href={href} prefetch={whyNot === undefined ? null : false}>
					{children}
				</Link>
			</Button>
		</Tooltip>
	);
}

export function GuardedIconButton({ whyNot, ...button }: IconButtonProps & Guarded) {
	const { tip, control } = useReason(whyNot);
	if (whyNot === undefined) return <IconButton {...button} tip={tip} />;
	return <IconButton {...button} {...control} hint={whyNot} tip={tip} shortcut={undefined} />;
}
