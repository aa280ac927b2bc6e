"use client";

import { Inbox } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { useViewer } from "../shell/viewer-context";
import { IconButton } from "../ui/icon-button";
import { UnreadBadge } from "./unread-badge";

/** The button and how many are unread. On a phone the tabs lead to the inbox. */
export function BellFrame({ children }: { children: ReactNode }) {
	return (
		<span className="relative flex-none phone:hidden">
			{children}
			<UnreadBadge className="-top-1 -right-1.5 pointer-events-none absolute" />
		</span>
	);
}

export function BellButton(props: ComponentProps<"button">) {
	const { inbox } = useViewer();
	return (
		<IconButton {...props} label={inbox.unread === 0 ? "Inbox" : `Inbox, ${inbox.unread} unread`}>
			<Inbox />
		</IconButton>
	);
}
