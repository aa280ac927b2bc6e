"use client";

import { Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { catalog } from "@/server/nodes/catalog";
import { setConfigField } from "@/server/plan/edits/set-config";
import { useEditorStore } from "../editor-store";
import { FieldIssues } from "./fields/field-issues";
import { jsonText } from "./fields/field-text";
import { useConfigValue, useDefinition, useFieldIssues, useNode, useNodeId } from "./node-fields";

/** What is written in a step and its type does not know: shown as it is, to be removed. */
export function UnknownFields() {
	const definition = useDefinition();
	const keys = useNode(
		({ config }) =>
			Object.keys(config)
				.filter((key) => !isKnown(definition, key))
				.join("\n"),
		"",
	);
	return keys === "" ? null : keys.split("\n").map((key) => <UnknownField key={key} name={key} />);
}

function isKnown(definition: ReturnType<typeof useDefinition>, key: string): boolean {
	return definition !== undefined && Object.hasOwn(definition.config.shape, key);
}

function UnknownField({ name }: { name: string }) {
	const id = useNodeId();
	const store = useEditorStore();
	const value = useConfigValue([name]);
	const issues = useFieldIssues(`config.${name}`);
	const remove = () =>
		store
			.getState()
			.apply(`Remove ${name}`, (plan) => setConfigField(plan, { id, path: [name], value: undefined }, catalog));
	return (
		<div className="grid gap-1">
			<span className="flex items-center font-medium text-12 text-ink-2">
				<span className="min-w-0 flex-1 truncate font-mono">{name}</span>
				<IconButton label={`Remove ${name}`} size="panel" onClick={remove}>
					<Trash2 />
				</IconButton>
			</span>
			<pre className="max-h-40 overflow-auto rounded-2 border border-line bg-sunken px-2.5 py-1.5 text-11">
				{jsonText.write(value)}
			</pre>
			<FieldIssues issues={issues} />
		</div>
	);
}
