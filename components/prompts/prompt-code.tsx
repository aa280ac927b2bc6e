"use client";

import { useMemo, useRef } from "react";
import type { TextProblem } from "@/server/plan/values/text-problem";
import type { YamlMark } from "../editor/panels/yaml/read-yaml";
import { YamlEditor, type YamlEditorHandle } from "../editor/panels/yaml/yaml-editor";
import { promptLanguage } from "./prompt-language";

export interface PromptCodeProps {
	name: string;
	text: string;
	/** With another one `text` takes the place of what is written. */
	version: number;
	/** The text that was saved last: lines that differ are marked. */
	saved: string;
	problems: readonly TextProblem[];
	isReadOnly: boolean;
	onChange: (text: string) => void;
	onSave: () => void;
}

/** The file of a prompt, to be written. */
export function PromptCode(props: PromptCodeProps) {
	const { name, text, version, saved, problems, isReadOnly, onChange, onSave } = props;
	const handle = useRef<YamlEditorHandle>(null);
	const marking = useMemo(
		() => ({ marks: problems.map((problem) => toMark(text, problem)), selected: [], original: saved }),
		[problems, text, saved],
	);
	return (
		<YamlEditor
			handle={handle}
			label={`Text of ${name}`}
			language={promptLanguage}
			wraps
			onApply={onSave}
			{...{ text, version, marking, isReadOnly, onChange }}
		/>
	);
}

/** From its place to the end of its line. */
function toMark(text: string, { line, column, message }: TextProblem): YamlMark {
	const lines = text.split("\n");
	const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
	const from = Math.min(text.length, start + column - 1);
	const to = Math.min(text.length, start + (lines[line - 1]?.length ?? 0));
	return { severity: "error", message, line, column, from, to: Math.max(from, to) };
}
