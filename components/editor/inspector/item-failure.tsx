"use client";

import { Select } from "@/components/ui/forms/select";
import { catalog } from "@/server/nodes/catalog";
import { setConfigField } from "@/server/plan/edits/set-config";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import { useEditorStore } from "../editor-store";
import { FieldFrame } from "./fields/field-frame";
import { useNode, useNodeId } from "./node-fields";

/** What is set in a container about its items, and in the step about the container, is one choice to people. */
const CHOICES = [
	{ value: "stop", label: "Stop the run", help: "No more items are started." },
	{ value: "items", label: "Continue with the other items", help: "The output lists the failed items." },
	{ value: "continue", label: "Skip the rest and go on after it", help: "No more items are started." },
	{ value: "branch", label: "Skip the rest and take the error branch", help: "No more items are started." },
] as const;

/** Whether a value is one of the options of such a field; a reference is none. */
export function isItemFailure(value: Json | undefined): boolean {
	return value === undefined || value === "stop" || value === "continue";
}

/** @param field the field of the config that says what follows when an item fails */
export function ItemFailure({ field }: { field: string }) {
	const id = useNodeId();
	const store = useEditorStore();
	const chosen = useNode<(typeof CHOICES)[number]["value"]>(
		({ config, onFailure }) => (config[field] === "continue" ? "items" : onFailure),
		"stop",
	);
	const write = (value: string) => {
		const onFailure: PlanNode["onFailure"] = value === "continue" || value === "branch" ? value : "stop";
		const onItem = value === "items" ? "continue" : undefined;
		store.getState().apply("Change what happens when it fails", (plan) =>
			setNodeFields(setConfigField(plan, { id, path: [field], value: onItem }, catalog), [id], {
				onFailure,
			}),
		);
	};
	return (
		<FieldFrame label="When an item fails" help={CHOICES.find(({ value }) => value === chosen)?.help} issues={[]}>
			{(control) => <Select {...control} value={chosen} options={CHOICES} onChange={write} />}
		</FieldFrame>
	);
}
