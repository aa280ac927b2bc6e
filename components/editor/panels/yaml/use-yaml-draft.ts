import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { catalog } from "@/server/nodes/catalog";
import { mergePlans } from "@/server/plan/merge/merge-plans";
import type { Plan } from "@/server/plan/plan";
import { isSameJson } from "@/server/plan/values/same-json";
import { stringifyWorkflow, type WorkflowFile } from "@/server/plan/yaml/plan-yaml";
import { type EditorStore, useEditor, useEditorStore } from "../../editor-store";
import { listChanges, type PlanChange } from "../changes/list-changes";
import { placeNewNodes } from "./place-new-nodes";
import { readYaml, type YamlReading } from "./read-yaml";
import { shareNodes } from "./share-nodes";

export interface YamlNames {
	slug: string;
	name: string;
	description: string;
}

/** A text, and what it was written from. */
interface Written {
	text: string;
	/** Goes up when the text was not typed, and must be put into the editor. */
	version: number;
	base: { text: string; plan: Plan; names: YamlNames };
}

export interface YamlDraft {
	text: string;
	version: number;
	/** The text that stands for the canvas. */
	original: string;
	reading: YamlReading;
	/** What applying would change. */
	changes: readonly PlanChange[];
	/** How many changes wait to be applied; at least one for a text that is no workflow. */
	unapplied: number;
	/** As it is typed. */
	write: (text: string) => void;
	/** As a whole, from elsewhere. */
	replace: (text: string) => void;
	/** Makes what is written one edit of the plan. False while it is no workflow. */
	apply: () => boolean;
	discard: () => void;
}

/** A pause in the writing after which the text is read. */
const PAUSE_MS = 150;

interface YamlDraftOptions {
	team: string;
	/** The very same object until one of them is another. */
	names: YamlNames;
	credentials: readonly string[] | undefined;
}

/**
 * The workflow as text: follows the canvas while nothing is written, and becomes one edit when it is applied. What
 * changed on the canvas in the meantime is merged; where both changed the same, what was written stays.
 */
export function useYamlDraft({ team, names, credentials }: YamlDraftOptions): YamlDraft {
	const editor = useEditorStore();
	const plan = useEditor((state) => state.plan);
	const [written, setWritten] = useState<Written>(() => writeFresh({ plan, names, version: 0 }));
	const { text, base, version } = written;
	const isBehind = base.plan !== plan || base.names !== names;
	if (text === base.text && isBehind) setWritten(writeFresh({ plan, names, version: version + 1 }));
	const reading = useReading(text, credentials);
	const changes = useMemo(() => (reading.file ? listChanges(base.plan, reading.file.plan) : []), [base, reading]);
	const rename = useRename(team, names);
	return {
		text,
		version,
		original: base.text,
		reading,
		changes,
		unapplied: text === base.text ? 0 : countUnapplied({ reading, base, names, changes }),
		write: (next) => setWritten((before) => ({ ...before, text: next })),
		replace: (next) => setWritten((before) => ({ ...before, text: next, version: before.version + 1 })),
		apply: () => {
			const { file, isOfStages } = readYaml(text);
			if (!file) return false;
			const applied = applyFile(editor, base.plan, file);
			rename(file);
			const isAsWritten = !isOfStages && isSameJson(applied, file.plan);
			const kept = { text, version, base: { text, plan: applied, names } };
			setWritten(isAsWritten ? kept : writeFresh({ plan: applied, names, version: version + 1 }));
			return true;
		},
		discard: () => setWritten(writeFresh({ plan: editor.getState().plan, names, version: version + 1 })),
	};
}

function writeFresh({ plan, names, version }: { plan: Plan; names: YamlNames; version: number }): Written {
	const text = stringifyWorkflow({ ...names, plan });
	return { text, version, base: { text, plan, names } };
}

function useReading(text: string, credentials: readonly string[] | undefined): YamlReading {
	const [settled, setSettled] = useState(text);
	useEffect(() => {
		const timer = setTimeout(() => setSettled(text), PAUSE_MS);
		return () => clearTimeout(timer);
	}, [text]);
	return useMemo(() => readYaml(settled, credentials), [settled, credentials]);
}

interface Counting {
	reading: YamlReading;
	base: { plan: Plan };
	names: YamlNames;
	changes: readonly PlanChange[];
}

/** Comments and spaces change nothing; a step that only moved is one change. */
function countUnapplied({ reading, base, names, changes }: Counting): number {
	const { file } = reading;
	if (!file) return 1;
	const renames = isRenamed(file, names) ? 1 : 0;
	const isElsewhere = changes.length === 0 && !isSameJson(file.plan, base.plan);
	return changes.length + renames + (isElsewhere ? 1 : 0);
}

function isRenamed({ name, description }: WorkflowFile, names: YamlNames): boolean {
	return name !== names.name || description !== names.description;
}

function applyFile(editor: EditorStore, base: Plan, { plan }: WorkflowFile): Plan {
	const now = editor.getState().plan;
	const merged =
		now === base ? plan : mergePlans({ base, mine: plan, theirs: now }, { definitions: catalog, prefer: "mine" }).plan;
	if (isSameJson(merged, now)) return now;
	const applied = shareNodes(now, placeNewNodes(now, merged));
	editor.getState().apply("Edit the YAML", () => applied);
	return applied;
}

/** The names stand in the file, but are no part of the plan: undo does not reach them. */
function useRename(team: string, names: YamlNames): (file: WorkflowFile) => void {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const { mutate } = useMutation({
		...trpc.workflows.rename.mutationOptions(),
		onSuccess: () => queries.invalidateQueries(trpc.workflows.pathFilter()),
	});
	return (file) => {
		if (!isRenamed(file, names)) return;
		mutate({ team, slug: names.slug, name: file.name, description: file.description });
	};
}
