"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
	Ellipsis,
	Hash,
	Inbox,
	type LucideIcon,
	Mail,
	MessagesSquare,
	Pencil,
	Send,
	Trash2,
	Webhook,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { cn } from "../ui/class-names";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { FieldError } from "../ui/forms/field";
import { GuardedButton } from "../ui/guarded";
import { GuardedMenuItem } from "../ui/guarded-menu-item";
import { IconButton } from "../ui/icon-button";
import { Menu } from "../ui/menu";
import { RelativeTime } from "../ui/relative-time";
import { showDone } from "../ui/toasts/toaster";
import type { Destination, FailurePlace } from "./failure-place";

const ICONS: Readonly<Record<string, LucideIcon>> = {
	inbox: Inbox,
	slack: Hash,
	email: Mail,
	teams: MessagesSquare,
	webhook: Webhook,
};

interface DestinationRowProps {
	place: FailurePlace;
	destination: Destination;
	/** In a side panel: its buttons stand below. */
	isNarrow: boolean;
	/** Why the viewer may not change it, if so. */
	whyNot: ReactNode | undefined;
	onEdit: () => void;
}

/** One destination, what came of the last message to it, and of a test. */
export function DestinationRow({ place, destination, isNarrow, whyNot, onEdit }: DestinationRowProps) {
	const trpc = useTRPC();
	const [isRemoving, setRemoving] = useState(false);
	const testing = useMutation({ ...trpc.failures.test.mutationOptions(), meta: { ownError: true } });
	const test = () => testing.mutate({ ...place, id: destination.id });
	return (
		<li className={cn("py-2.5", isNarrow ? "px-3" : "px-4")}>
			<div className={cn("flex min-h-11 items-center gap-x-3 gap-y-1.5 phone:flex-wrap", isNarrow && "flex-wrap")}>
				<DestinationName destination={destination} isNarrow={isNarrow} />
				<span className={cn("flex flex-none items-center gap-1 phone:ml-7", isNarrow && "ml-7")}>
					<GuardedButton whyNot={whyNot} busy={testing.isPending} onClick={test}>
						<Send />
						Send a test
					</GuardedButton>
					<Menu
						trigger={
							<IconButton label={`More for ${destination.name}`}>
								<Ellipsis />
							</IconButton>
						}
					>
						<GuardedMenuItem whyNot={whyNot} onSelect={onEdit}>
							<Pencil />
							Change
						</GuardedMenuItem>
						<GuardedMenuItem danger whyNot={whyNot} onSelect={() => setRemoving(true)}>
							<Trash2 />
							Remove
						</GuardedMenuItem>
					</Menu>
				</span>
			</div>
			<div role="status" className="mt-1 ml-7 text-12 empty:hidden">
				{testing.data && !testing.isPending && <TestResult problem={testing.data.problem} />}
				{testing.error && <FieldError>{errorText(testing.error)}</FieldError>}
			</div>
			{isRemoving && (
				<RemoveDialog place={place} destination={destination} whyNot={whyNot} onClose={() => setRemoving(false)} />
			)}
		</li>
	);
}

function DestinationName({ destination, isNarrow }: Pick<DestinationRowProps, "destination" | "isNarrow">) {
	const { name, detail, credentials, type } = destination;
	const Icon = ICONS[type] ?? Send;
	const facts = [detail, ...credentials.map((credential) => `with ${credential}`)].filter((text) => text !== "");
	return (
		<div className={cn("flex min-w-0 flex-1 items-start gap-3 phone:basis-full", isNarrow && "basis-full")}>
			<Icon aria-hidden="true" className="mt-0.5 size-4 flex-none text-ink-3" />
			<div className="min-w-0">
				<p className="truncate">
					<span className="font-medium">{name}</span>
					<span className="text-ink-2"> {facts.join(", ")}</span>
				</p>
				<LastMessage destination={destination} />
			</div>
		</div>
	);
}

function LastMessage({ destination: { last } }: { destination: Destination }) {
	if (last === null) return <p className="text-12 text-ink-3">Nothing was to be told yet.</p>;
	const when = <RelativeTime at={last.at} />;
	if (last.problem === null) return <p className="text-12 text-ink-3">Told last {when}</p>;
	return (
		<FieldError>
			{last.isGivenUp ? <>Could not be told {when}: </> : "Could not be told yet, and is tried again: "}
			{last.problem}
		</FieldError>
	);
}

function TestResult({ problem }: { problem: string | null }): ReactNode {
	if (problem === null) return <p className="text-completed">The test message was sent.</p>;
	return <FieldError>The test message was not sent. {problem}</FieldError>;
}

interface RemoveDialogProps extends Omit<DestinationRowProps, "onEdit" | "isNarrow"> {
	onClose: () => void;
}

function RemoveDialog({ place, destination, whyNot, onClose }: RemoveDialogProps) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const removing = useMutation(
		trpc.failures.remove.mutationOptions({
			onSuccess: () => showDone("The destination is removed"),
			onSettled: () => queries.invalidateQueries(trpc.failures.list.queryFilter({ team: place.team })),
		}),
	);
	return (
		<ConfirmDialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Remove ${destination.name}?`}
			action="Remove destination"
			danger
			busy={removing.isPending}
			whyNot={whyNot}
			onConfirm={() => removing.mutate({ ...place, id: destination.id }, { onSettled: onClose })}
		>
			It is told nothing any more, not even that a workflow works again whose failure it has heard of.
		</ConfirmDialog>
	);
}
