"use client";

import { createContext, useContext } from "react";
import { catalog, definitionOf } from "@/server/nodes/catalog";
import { type ConfigPath, setConfigField } from "@/server/plan/edits/set-config";
import type { TextKind } from "@/server/plan/expressions/field-rules";
import type { Issue } from "@/server/plan/issue";
import type { NodeDefinition } from "@/server/plan/node-definition";
import type { NodeId, PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import { type EditorState, useEditor, useEditorStore } from "../editor-store";
import { withoutUnfinished } from "../without-unfinished";
import { useInspector } from "./inspector-context";
import { issuesOf, issuesOfNode } from "./plan-issues";
import { useStable } from "./use-stable";

/** The step whose form this is. */
export const NodeIdContext = createContext<NodeId | null>(null);

export function useNodeId(): NodeId {
	const id = useContext(NodeIdContext);
	if (id === null) throw new Error("This needs a step around it.");
	return id;
}

/** Part of a step; `fallback` for the moment in which it has been deleted and its form has not gone yet. */
export function useNode<T>(select: (node: PlanNode) => T, fallback: T): T {
	const id = useNodeId();
	return useEditor((state) => {
		const node = nodeOf(state, id);
		return node ? select(node) : fallback;
	});
}

export function useDefinition(): NodeDefinition | undefined {
	return definitionOf(useNode(({ type }) => type, ""));
}

/** One field of the step's config as it is written: nothing else of the plan redraws what reads it. */
export function useConfigValue(path: ConfigPath): Json | undefined {
	return useNode(({ config }) => jsonAt(config, path), undefined);
}

/** Writes one field of the step's config; typing on in it is one edit. */
export function useWriteConfig(path: ConfigPath, label: string): (value: Json | undefined) => void {
	const store = useEditorStore();
	const id = useNodeId();
	return (value) => {
		store
			.getState()
			.apply(`Change ${label.toLowerCase()}`, (plan) => setConfigField(plan, { id, path, value }, catalog), {
				coalesce: JSON.stringify([id, path]),
			});
	};
}

/** The problems of a field and of what is in it, as they are now. */
export function useFieldIssues(field: string): readonly Issue[] {
	return useNodeIssues((issue) => isWithin(issue.field, field));
}

/** The problems of the step that no field shows. */
export function useOtherIssues(shown: readonly string[]): readonly Issue[] {
	return useNodeIssues((issue) => !shown.some((field) => isWithin(issue.field, field)));
}

function useNodeIssues(isWanted: (issue: Issue) => boolean): readonly Issue[] {
	const { credentials } = useInspector();
	const id = useNodeId();
	return useStable(({ plan }, { completing }) =>
		withoutUnfinished(issuesOfNode(issuesOf(plan, credentials), id), completing).filter(isWanted),
	);
}

export function isWithin(field: string | undefined, outer: string): boolean {
	return field === outer || field?.startsWith(`${outer}.`) === true;
}

/** What a container works out after each iteration sees its own steps, and its code is text with references. */
export function readPlace(definition: NodeDefinition | undefined, text: TextKind): { kind: TextKind; inside: boolean } {
	const inside = definition?.kind === "container" && (text === "code" || text === "cel");
	return { kind: inside && text === "code" ? "template" : text, inside };
}

function nodeOf({ plan }: EditorState, wanted: NodeId): PlanNode | undefined {
	return plan.nodes.find(({ id }) => id === wanted);
}

/** What stands at a place inside a value; undefined where nothing does. */
export function jsonAt(value: Json, path: ConfigPath): Json | undefined {
	let found: Json | undefined = value;
	for (const part of path) {
		if (typeof found !== "object" || found === null) return undefined;
		if (Array.isArray(found)) found = found[Number(part)];
		else found = Object.hasOwn(found, part) ? found[part] : undefined;
	}
	return found;
}
