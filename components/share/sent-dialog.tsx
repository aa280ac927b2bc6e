"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { JsonTree } from "@/components/json/json-tree";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorRow } from "@/components/ui/error-row";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Json } from "@/server/plan/values/json";

interface SentDialogProps<Sent> {
	title: string;
	description: string;
	sent: Pick<UseQueryResult<Sent, unknown>, "data" | "error" | "isFetching" | "refetch">;
	onClose: () => void;
	children: (sent: Sent) => ReactNode;
}

/** The values that would leave, as the server makes them for whoever gets them. */
export function SentDialog<Sent extends { redacted: number }>(props: SentDialogProps<Sent>) {
	const { title, description, sent, onClose, children } = props;
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={title}
			description={description}
			className="w-[640px]"
			foot={
				<>
					<span className="text-12 text-ink-3">{sent.data && describeRedacted(sent.data.redacted)}</span>
					<Button size="form" className="ml-auto" onClick={onClose}>
						Back
					</Button>
				</>
			}
		>
			{sent.data ? (
				children(sent.data)
			) : sent.error ? (
				<ErrorRow onRetry={() => void sent.refetch()} busy={sent.isFetching} className="px-0">
					{errorText(sent.error)}
				</ErrorRow>
			) : (
				<SkeletonRows rows={6} label="Loading what is sent" />
			)}
		</Dialog>
	);
}

function describeRedacted(count: number): string {
	if (count === 0) return "No value looks private.";
	return count === 1 ? "1 value looks private and is redacted." : `${count} values look private and are redacted.`;
}

export function SentValue({ title, value }: { title: string; value: Json }) {
	return (
		<SentPart title={title}>
			<JsonTree value={value} />
		</SentPart>
	);
}

export function SentPart({ title, children }: { title: string; children: ReactNode }) {
	return (
		<section>
			<h3 className="px-4 pt-2 pb-1 font-medium text-12 text-ink-2">{title}</h3>
			{children}
		</section>
	);
}
