"use client";

import { yaml } from "@codemirror/lang-yaml";
import { unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { yamlTheme } from "../yaml/yaml-theme";

export interface YamlDiffProps {
	before: string;
	after: string;
	label: string;
	/** Colours another language than YAML: the same one as long as the texts are. */
	language?: Extension;
}

const YAML = yaml();

/** Two texts as one: what is gone in red above what came in green; long stretches that are the same are folded. */
export function YamlDiff({ before, after, label, language = YAML }: YamlDiffProps) {
	const frame = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const extensions = [
			lineNumbers(),
			language,
			yamlTheme,
			EditorView.lineWrapping,
			EditorState.readOnly.of(true),
			EditorView.editable.of(false),
			EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
			unifiedMergeView({
				original: before,
				mergeControls: false,
				allowInlineDiffs: true,
				collapseUnchanged: { margin: 3, minSize: 6 },
			}),
		];
		const state = EditorState.create({ doc: after, extensions });
		const view = new EditorView({ state, parent: frame.current ?? undefined });
		return () => view.destroy();
	}, [before, after, label, language]);
	return <div ref={frame} className="h-full min-h-0 overflow-hidden bg-panel" />;
}
