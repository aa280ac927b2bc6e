"use client";

import { cn } from "@/components/ui/class-names";
import { inputBox } from "@/components/ui/input";
import { type LargePart, usePart } from "@/components/ui/use-part";
import { DROP_RING, useDropMark } from "../references/use-drop-mark";
import type { CodeEditorProps } from "./code-editor";
import { PlainText } from "./plain-text";

const codeEditor: LargePart<CodeEditorProps> = {
	load: () => import("./code-editor").then((module) => module.CodeEditor),
};

/** The room there is before anything is written: one line, a paragraph, or a script. */
const SIZES = {
	line: "[--code-height:30px] phone:[--code-height:42px] phone:[--code-pad:11px]",
	paragraph: "[--code-height:80px]",
	script: "[--code-height:114px]",
} as const;

interface CodeFieldProps extends CodeEditorProps {
	size: keyof typeof SIZES;
	className?: string;
}

/** A text of several lines. What edits it is loaded when the first one opens; the box keeps its place meanwhile. */
export function CodeField({ size, className, ...editor }: CodeFieldProps) {
	const drop = useDropMark(editor.kind !== "code" && !editor.isReadOnly);
	return (
		<div
			{...drop}
			aria-invalid={editor.control?.["aria-invalid"]}
			className={cn(
				inputBox,
				"block max-h-96 w-full overflow-hidden",
				DROP_RING,
				SIZES[size],
				editor.isReadOnly && "border-line bg-sunken",
				className,
			)}
		>
			<Text {...editor} />
		</div>
	);
}

function Text(props: CodeEditorProps) {
	const editor = usePart(codeEditor);
	switch (editor.status) {
		case "loaded":
			return <editor.Part {...props} />;
		case "loading":
			return <span role="status" aria-label="Loading the field" className="block min-h-(--code-height)" />;
		case "failed":
			return <PlainText {...props} />;
	}
}
