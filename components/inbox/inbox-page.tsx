"use client";

import { CheckCheck, Settings2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { COMMON_KINDS, isKindName, type KindName, kindOf } from "@/server/notifications/catalog";
import { PageHead } from "../shell/page-head";
import { useViewer } from "../shell/viewer-context";
import { Button } from "../ui/button";
import { Segmented } from "../ui/forms/segmented";
import { Select } from "../ui/forms/select";
import { IconButton } from "../ui/icon-button";
import { InboxList } from "./inbox-list";
import { EmptyInbox, LoadingInbox, NothingFiltered } from "./inbox-states";
import { useInbox, useMarks } from "./use-inbox";

const ALL = "all";
const KINDS = [
	{ value: ALL, label: "All kinds" },
	...COMMON_KINDS.map((name) => ({ value: name, label: kindOf(name).title })),
];
const SHOWN = [
	{ value: "all", label: "All" },
	{ value: "unread", label: "Unread" },
] as const;

/** What the viewer was told of, in all their teams. */
export function InboxPage() {
	const { inbox, team } = useViewer();
	const [kind, setKind] = useState<KindName>();
	const [shown, setShown] = useState<"all" | "unread">("all");
	const list = useInbox({ ...(kind && { kind }), unreadOnly: shown === "unread" });
	const marks = useMarks();
	const [newest] = list.items;
	const showAll = () => {
		setKind(undefined);
		setShown("all");
	};
	return (
		<>
			<PageHead
				title="Inbox"
				{...(inbox.unread > 0 && { count: inbox.unread })}
				actions={
					<>
						<Button
							disabled={inbox.unread === 0 || newest === undefined}
							busy={marks.isMarkingAll}
							onClick={() => newest && marks.markAll(newest, kind)}
						>
							<CheckCheck />
							Mark all read
						</Button>
						<IconButton label="Notification settings" asChild>
							<Link href={`/${team.slug}/settings/account#notifications`}>
								<Settings2 aria-hidden="true" />
							</Link>
						</IconButton>
					</>
				}
			/>
			<div className="flex flex-none items-center gap-2 border-line border-b px-5 py-2 phone:px-4">
				<Segmented aria-label="Shown" value={shown} options={SHOWN} onChange={setShown} />
				<Select
					size="bar"
					className="w-40"
					aria-label="Kind"
					value={kind ?? ALL}
					options={KINDS}
					onChange={(chosen) => setKind(isKindName(chosen) ? chosen : undefined)}
				/>
			</div>
			<div className="min-h-0 flex-1 overflow-y-auto">
				<LoadingInbox list={list} rows={8} />
				<InboxList items={list.items} onMark={marks.mark} />
				{list.data &&
					list.items.length === 0 &&
					(kind === undefined && shown === "all" ? (
						<EmptyInbox />
					) : (
						<NothingFiltered unreadOnly={shown === "unread"} kind={kind} onShowAll={showAll} />
					))}
				{list.hasNextPage && (
					<div className="flex justify-center py-3">
						<Button onClick={() => void list.fetchNextPage()} busy={list.isFetchingNextPage}>
							Show older
						</Button>
					</div>
				)}
			</div>
		</>
	);
}
