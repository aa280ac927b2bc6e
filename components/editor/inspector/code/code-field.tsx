"use client";

import { Maximize2 } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { inputBox } from "@/components/ui/forms/input";
import { IconButton } from "@/components/ui/icon-button";
import { type LargePart, LazyPart } from "@/components/ui/lazy-part";
import { DROP_RING, useDropMark } from "../references/use-drop-mark";
import type { CodeEditorProps } from "./code-editor-props";
import { PlainText } from "./plain-text";

const codeEditor: LargePart<CodeEditorProps> = {
	load: () => import("./code-editor").then((module) => module.CodeEditor),
	name: "The field",
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

/**
 * A text of several lines, which opens to full size. What edits it is loaded when the first one opens; the box keeps its
 * place meanwhile.
 */
export function CodeField({ size, className, ...editor }: CodeFieldProps) {
	const drop = useDropMark(editor.kind !== "code" && !editor.isReadOnly);
	return (
		<div
			{...drop}
			data-code=""
			aria-invalid={editor.control?.["aria-invalid"]}
			className={cn(
				inputBox,
				"group/code relative block max-h-96 w-full overflow-hidden [--code-end:32px]",
				DROP_RING,
				SIZES[size],
				editor.isReadOnly && "border-line bg-sunken",
				className,
			)}
		>
			<Text {...editor} />
			<FullSize {...editor} />
		</div>
	);
}

/** The same text in a window of its own. What is written there is in the field at once; closing keeps it. */
function FullSize({ control: _, ...editor }: CodeEditorProps) {
	const [isOpen, setOpen] = useState(false);
	return (
		<>
			<IconButton
				label={`Open ${editor.label} in full size`}
				size="panel"
				tooltipSide="left"
				className="absolute top-[3px] right-[3px] bg-panel opacity-0 focus-visible:opacity-100 group-focus-within/code:opacity-100 group-hover/code:opacity-100 phone:hidden"
				onClick={() => setOpen(true)}
			>
				<Maximize2 />
			</IconButton>
			<Dialog
				open={isOpen}
				onOpenChange={setOpen}
				title={editor.label}
				className="h-[min(820px,calc(100dvh-48px))] max-h-none w-[min(1040px,calc(100vw-48px))]"
			>
				<div
					data-writing=""
					className={cn(
						inputBox,
						"h-full max-h-full overflow-hidden [--code-height:100%]",
						editor.isReadOnly && "border-line bg-sunken",
					)}
				>
					<Text {...editor} autoFocus />
				</div>
			</Dialog>
		</>
	);
}

function Text(props: CodeEditorProps) {
	return (
		<LazyPart
			part={codeEditor}
			props={props}
			loading={<span role="status" aria-label="Loading the field" className="block min-h-(--code-height)" />}
			instead={<PlainText {...props} />}
		/>
	);
}
