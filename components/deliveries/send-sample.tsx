"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { triggerDefinitionOf } from "@/server/triggers/catalog";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { ErrorRow } from "../ui/error-row";
import { Field } from "../ui/forms/field";
import { Select } from "../ui/forms/select";
import { GuardedButton } from "../ui/guarded";
import { Skeleton } from "../ui/skeleton";
import type { TriggerName } from "./trigger-choice";
import { tellDelivered } from "./use-redeliver";

/** Tries a published trigger with a sample of what its sender sends. */
export function SendSample({ trigger }: { trigger: TriggerName | undefined }) {
	const [isOpen, setOpen] = useState(false);
	return (
		<>
			<GuardedButton className="ml-auto phone:ml-0" whyNot={useWhyNot("run:start")} onClick={() => setOpen(true)}>
				<FlaskConical />
				Send a sample
			</GuardedButton>
			{isOpen && <SampleDialog first={trigger} onClose={() => setOpen(false)} />}
		</>
	);
}

function SampleDialog({ first, onClose }: { first: TriggerName | undefined; onClose: () => void }) {
	const { team } = useViewer();
	const trpc = useTRPC();
	const queries = useQueryClient();
	const list = useQuery(trpc.triggers.list.queryOptions({ team: team.slug }));
	const [chosen, setChosen] = useState(first && nameOf(first));
	const options = (list.data ?? []).flatMap(({ key, config, workflow }) =>
		triggerDefinitionOf(config.type)?.reads === undefined
			? []
			: [{ slug: workflow.slug, key, label: `${workflow.name}: ${key}` }],
	);
	const trigger = options.find((each) => nameOf(each) === chosen) ?? options[0];
	const send = useMutation({
		...trpc.triggers.testFire.mutationOptions(),
		onSuccess: (delivered) => {
			tellDelivered(delivered);
			onClose();
		},
		onSettled: () => queries.invalidateQueries(trpc.triggers.deliveries.queryFilter()),
	});
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Send a sample"
			description="As its sender would send it, in short. It goes through the published filter, and may start a run."
			foot={
				<span className="ml-auto flex gap-2">
					<Button size="form" onClick={onClose}>
						Cancel
					</Button>
					<Button
						intent="primary"
						size="form"
						busy={send.isPending}
						disabled={!trigger}
						onClick={() => trigger && send.mutate({ team: team.slug, slug: trigger.slug, key: trigger.key })}
					>
						<FlaskConical />
						Send
					</Button>
				</span>
			}
		>
			{list.error ? (
				<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
					{errorText(list.error)}
				</ErrorRow>
			) : list.isPending ? (
				<Skeleton className="h-14 w-full" />
			) : trigger ? (
				<Field label="Trigger">
					{(control) => (
						<Select
							{...control}
							value={nameOf(trigger)}
							options={options.map((each) => ({ value: nameOf(each), label: each.label }))}
							onChange={setChosen}
						/>
					)}
				</Field>
			) : (
				<p className="text-ink-2">
					No trigger is published that a request or an event starts. Add one to a workflow, and publish it.
				</p>
			)}
		</Dialog>
	);
}

function nameOf({ slug, key }: TriggerName): string {
	return `${slug}/${key}`;
}
