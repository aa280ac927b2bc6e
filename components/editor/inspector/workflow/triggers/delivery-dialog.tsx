"use client";

import { useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import Link from "next/link";
import { JsonTree } from "@/components/json/json-tree";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { Dialog } from "@/components/ui/dialog";
import { ErrorRow } from "@/components/ui/error-row";
import { formatDuration, formatMoment } from "@/components/ui/format/format-time";
import { GuardedButton } from "@/components/ui/guarded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { isObject, type JsonObject } from "@/server/plan/values/json";
import { useInspector } from "../../inspector-context";
import { useWebhookActions } from "./use-webhook-actions";
import { VerdictChip } from "./verdict-chip";

type Shown = NonNullable<Outputs["triggers"]["delivery"]>;

interface DeliveryDialogProps {
	id: string;
	/** The id of its trigger. */
	trigger: string;
	onClose: () => void;
}

/** One delivery: what was received, what became of it and why. */
export function DeliveryDialog({ id, trigger, onClose }: DeliveryDialogProps) {
	const { team, slug } = useInspector();
	const trpc = useTRPC();
	const read = useQuery(trpc.triggers.delivery.queryOptions({ team, slug, id }));
	const { redeliver, isFiring } = useWebhookActions(trigger);
	const whyNot = useWhyNot("run:start");
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Delivery"
			description={read.data ? formatMoment(read.data.at) : id}
			foot={
				<span className="flex w-full items-center gap-2">
					<span className="text-12 text-ink-3">The published filter decides again; duplicates are let through.</span>
					<GuardedButton
						className="ml-auto"
						intent="primary"
						size="form"
						whyNot={whyNot}
						busy={isFiring}
						onClick={() => redeliver([id])}
					>
						<RotateCw />
						Redeliver
					</GuardedButton>
				</span>
			}
		>
			<div className="grid gap-4">
				{read.error ? (
					<ErrorRow onRetry={() => void read.refetch()} busy={read.isFetching}>
						{errorText(read.error)}
					</ErrorRow>
				) : read.data ? (
					<Details delivery={read.data} base={`/${team}/workflows/${slug}/runs`} />
				) : read.isPending ? (
					<SkeletonRows rows={4} label="Reading the delivery" rowClassName="h-9" />
				) : (
					<p className="text-ink-2">This delivery is gone: they are kept for 90 days.</p>
				)}
			</div>
		</Dialog>
	);
}

function Details({ delivery, base }: { delivery: Shown; base: string }) {
	const { verdict, reason, run, latencyMs, request, redeliveryOf } = delivery;
	return (
		<>
			<section aria-label="Verdict" className="grid gap-1.5 rounded-3 border border-line px-3 py-2.5">
				<span className="flex items-center gap-2">
					<VerdictChip verdict={verdict} />
					{run && (
						<Link href={`${base}/${run.number}`} className="font-medium text-accent hover:underline">
							Run {run.number}
						</Link>
					)}
					{latencyMs !== null && (
						<span className="ml-auto text-12 text-ink-3 tabular-nums">after {formatDuration(latencyMs)}</span>
					)}
				</span>
				{reason && <p className="break-words text-ink-2">{reason}</p>}
				{redeliveryOf && <p className="text-12 text-ink-3">Sent again by hand.</p>}
			</section>
			{request && <Request request={request} />}
		</>
	);
}

function Request({ request }: { request: JsonObject }) {
	const { method, from, size, headers, query, body, files, isLeftOut } = request;
	return (
		<>
			<p className="text-12 text-ink-3">
				{method === "EVENT" ? "Sent by" : `${String(method)} from`} {String(from)}
				{typeof size === "number" && `, ${size.toLocaleString("en-US")} bytes`}
			</p>
			{isObject(headers) && Object.keys(headers).length > 0 && <Part title="Headers" value={headers} />}
			{isObject(query) && Object.keys(query).length > 0 && <Part title="Query" value={query} />}
			{body !== undefined && body !== null && <Part title={method === "EVENT" ? "Event" : "Body"} value={body} />}
			{files !== undefined && <Part title="Files" value={files} />}
			{isLeftOut && <p className="text-12 text-ink-3">Its body was too long to be kept.</p>}
		</>
	);
}

function Part({ title, value }: { title: string; value: JsonObject[string] }) {
	return (
		<section aria-label={title} className="grid gap-1.5">
			<h3 className="font-medium text-12 text-ink-2">{title}</h3>
			<JsonTree value={value} />
		</section>
	);
}
