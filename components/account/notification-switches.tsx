"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KindIcon } from "../inbox/kind-icon";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { ErrorRow } from "../ui/error-row";
import { GuardedSwitch } from "../ui/forms/guarded-switch";
import type { Guarded } from "../ui/guarded";
import { SkeletonRows } from "../ui/skeleton";

type Switches = Outputs["inbox"]["switches"];
type Kind = Switches["kinds"][number];

/** What somebody is told of, in the inbox and by e-mail. */
export function NotificationSwitches({ whyNot }: Guarded) {
	const trpc = useTRPC();
	const switches = useQuery(trpc.inbox.switches.queryOptions());
	if (switches.data) return <SwitchTable switches={switches.data} whyNot={whyNot} />;
	if (!switches.error) return <SkeletonRows rows={4} rowClassName="h-14" label="Loading your notification settings" />;
	return (
		<ErrorRow onRetry={() => void switches.refetch()} busy={switches.isFetching}>
			{errorText(switches.error)}
		</ErrorRow>
	);
}

function SwitchTable({ switches: { kinds, mail }, whyNot }: Guarded & { switches: Switches }) {
	const change = useChange();
	const canMail = mail === "sent";
	return (
		<>
			<div aria-hidden="true" className="flex gap-3 border-line border-b bg-sunken px-4 py-1.5 text-11 text-ink-3">
				<span className="flex-1" />
				<span className="w-14 text-center">Inbox</span>
				{canMail && <span className="w-14 text-center">E-mail</span>}
			</div>
			<ul className="divide-y divide-line-soft">
				{kinds.map((kind) => (
					<KindRow
						key={kind.kind}
						kind={kind}
						canMail={canMail}
						whyNot={whyNot}
						onChange={(next) => change.mutate(next)}
					/>
				))}
			</ul>
			{mail !== "sent" && (
				<p className="border-line border-t bg-page px-4 py-2.5 text-12 text-ink-3">{NO_MAIL[mail]}</p>
			)}
		</>
	);
}

const NO_MAIL = {
	none: "This server sends no e-mail. Its administrator can set up a mail server.",
	unverified: "No e-mail is sent to you yet, since this address may not be yours. Verify it above.",
} as const;

interface KindRowProps extends Guarded {
	kind: Kind;
	canMail: boolean;
	onChange: (next: Pick<Kind, "kind" | "isShown" | "isMailed">) => void;
}

function KindRow({ kind: { kind, title, description, isShown, isMailed }, canMail, whyNot, onChange }: KindRowProps) {
	return (
		<li className="flex min-h-14 items-center gap-3 px-4 py-2">
			<KindIcon kind={kind} className="size-4 flex-none text-ink-3" />
			<div className="min-w-0 flex-1">
				<div className="font-medium">{title}</div>
				<div className="text-12 text-ink-3">{description}</div>
			</div>
			<span className="grid w-14 place-items-center">
				<GuardedSwitch
					whyNot={whyNot}
					aria-label={`${title} in the inbox`}
					checked={isShown}
					onCheckedChange={(next) => onChange({ kind, isMailed, isShown: next })}
				/>
			</span>
			{canMail && (
				<span className="grid w-14 place-items-center">
					<GuardedSwitch
						whyNot={whyNot}
						aria-label={`${title} by e-mail`}
						checked={isMailed}
						onCheckedChange={(next) => onChange({ kind, isShown, isMailed: next })}
					/>
				</span>
			)}
		</li>
	);
}

/** A switch moves at once, and back if the server refuses. */
function useChange() {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const key = trpc.inbox.switches.queryKey();
	return useMutation({
		...trpc.inbox.setSwitch.mutationOptions(),
		scope: { id: "notification-switches" },
		onMutate: ({ kind, isShown, isMailed }) => {
			const change = (known: Kind) => (known.kind === kind ? { ...known, isShown, isMailed } : known);
			queries.setQueryData(key, (known) => known && { ...known, kinds: known.kinds.map(change) });
			return undefined;
		},
		onSettled: () => queries.invalidateQueries({ queryKey: key }),
	});
}
