"use client";

import { CheckCheck } from "lucide-react";
import Link from "next/link";
import { Popover } from "radix-ui";
import { useState } from "react";
import { useViewer } from "../shell/viewer-context";
import { Button } from "../ui/button";
import { BellButton, BellFrame } from "./bell-button";
import { InboxList } from "./inbox-list";
import { EmptyInbox, LoadingInbox } from "./inbox-states";
import { useInbox, useMarks } from "./use-inbox";

/** The newest of the inbox, below its button. Open at first: it comes with the first press. */
export function InboxPopover() {
	const [isOpen, setOpen] = useState(true);
	return (
		<Popover.Root open={isOpen} onOpenChange={setOpen}>
			<BellFrame>
				<Popover.Trigger asChild>
					<BellButton />
				</Popover.Trigger>
			</BellFrame>
			<Popover.Portal>
				<Popover.Content
					align="end"
					sideOffset={6}
					collisionPadding={8}
					aria-label="Inbox"
					className="z-50 flex max-h-[min(560px,var(--radix-popover-content-available-height))] w-100 animate-fade flex-col overflow-hidden rounded-3 border border-line bg-panel shadow-2 outline-none"
				>
					<InboxPanel onClose={() => setOpen(false)} />
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	);
}

function InboxPanel({ onClose }: { onClose: () => void }) {
	const { inbox, team } = useViewer();
	const list = useInbox({ unreadOnly: false });
	const marks = useMarks();
	const [newest] = list.items;
	return (
		<>
			<div className="flex h-10 flex-none items-center gap-2 border-line border-b pr-2 pl-5">
				<h2 className="flex-1">Inbox</h2>
				<Button
					intent="ghost"
					disabled={inbox.unread === 0 || newest === undefined}
					busy={marks.isMarkingAll}
					onClick={() => newest && marks.markAll(newest)}
				>
					<CheckCheck />
					Mark all read
				</Button>
			</div>
			<div className="min-h-0 flex-1 overflow-y-auto">
				<LoadingInbox list={list} rows={4} />
				<InboxList items={list.items} onMark={marks.mark} onOpen={onClose} />
				{list.data && list.items.length === 0 && <EmptyInbox />}
			</div>
			<div className="flex flex-none justify-center border-line border-t bg-page py-1.5">
				<Button intent="ghost" asChild>
					<Link href={`/${team.slug}/inbox`} onClick={onClose}>
						Open the inbox
					</Link>
				</Button>
			</div>
		</>
	);
}
