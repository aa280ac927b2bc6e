"use client";

import { useWhyNot } from "../../shell/why-not";
import type { ButtonProps } from "../../ui/button";
import { GuardedLink } from "../../ui/guarded";

export interface UseButtonProps extends Pick<ButtonProps, "size" | "full" | "className" | "children"> {
	href: string;
}

/** For members of a team, whose role may not make workflows. */
export function GuardedUseButton(props: UseButtonProps) {
	return <GuardedLink {...props} intent="primary" whyNot={useWhyNot("workflow:edit")} />;
}
