"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, RotateCw, Settings2, X } from "lucide-react";
import Link from "next/link";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { ErrorRow } from "../ui/error-row";
import { formatMoment } from "../ui/format/format-time";
import { GuardedButton } from "../ui/guarded";
import { IconButton } from "../ui/icon-button";
import { SkeletonRows } from "../ui/skeleton";
import { DeliveryDetails } from "./delivery-details";
import type { Delivery } from "./use-deliveries";
import { useRedeliver } from "./use-redeliver";

interface DeliveryPanelProps {
	delivery: Pick<Delivery, "id" | "workflow">;
	onClose: () => void;
	/** Opens another one of its workflow. */
	onOpen: (id: string) => void;
	/** Opens the one above; undefined for the first. */
	before: (() => void) | undefined;
	after: (() => void) | undefined;
}

/** One delivery beside the list; on a phone in its place. */
export function DeliveryPanel({ delivery, onClose, onOpen, before, after }: DeliveryPanelProps) {
	const { team } = useViewer();
	const { id, workflow } = delivery;
	const trpc = useTRPC();
	const read = useQuery(trpc.triggers.delivery.queryOptions({ team: team.slug, slug: workflow.slug, id }));
	const base = `/${team.slug}/workflows`;
	return (
		<aside
			aria-label="Delivery"
			className="flex w-110 flex-none flex-col overflow-y-auto border-line border-l bg-page phone:fixed phone:inset-0 phone:z-20 phone:w-full phone:border-l-0"
		>
			<header className="flex flex-none items-center gap-2 px-4 pt-3">
				<div className="min-w-0 flex-1">
					<h2 className="truncate text-13">{read.data ? formatMoment(read.data.at) : "Delivery"}</h2>
					<p className="truncate text-12 text-ink-3">
						{workflow.name}
						{read.data && `: ${read.data.key}`}
					</p>
				</div>
				<IconButton label="The one above" disabled={before === undefined} onClick={before}>
					<ChevronUp />
				</IconButton>
				<IconButton label="The one below" disabled={after === undefined} onClick={after}>
					<ChevronDown />
				</IconButton>
				<IconButton label="Close" onClick={onClose}>
					<X />
				</IconButton>
			</header>
			<div className="grid gap-4 p-4">
				{read.error ? (
					<ErrorRow onRetry={() => void read.refetch()} busy={read.isFetching}>
						{errorText(read.error)}
					</ErrorRow>
				) : read.data ? (
					<>
						{read.data.request && <Redeliver delivery={delivery} />}
						<DeliveryDetails delivery={read.data} base={base} slug={workflow.slug} onOpen={onOpen} />
						<Link
							href={`${base}/${workflow.slug}`}
							className="inline-flex items-center gap-1.5 justify-self-start text-12 text-accent hover:underline"
						>
							<Settings2 aria-hidden="true" className="size-3.5" />
							Open the workflow
						</Link>
					</>
				) : read.isPending ? (
					<SkeletonRows rows={6} label="Reading the delivery" rowClassName="h-9" />
				) : (
					<p className="text-ink-2">This delivery is gone: they are kept for 90 days.</p>
				)}
			</div>
		</aside>
	);
}

function Redeliver({ delivery }: Pick<DeliveryPanelProps, "delivery">) {
	const { team } = useViewer();
	const { redeliver, isSending } = useRedeliver(team.slug);
	const whyNot = useWhyNot("run:start");
	return (
		<div className="grid gap-1.5">
			<GuardedButton
				className="justify-self-start"
				whyNot={whyNot}
				busy={isSending}
				onClick={() => redeliver([delivery])}
			>
				<RotateCw />
				Redeliver
			</GuardedButton>
			<p className="text-12 text-ink-3">The published filter decides again; duplicates are let through.</p>
		</div>
	);
}
