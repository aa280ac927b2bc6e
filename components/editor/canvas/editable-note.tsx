"use client";

import { type NodeProps, NodeResizeControl, ResizeControlVariant } from "@xyflow/react";
import { memo } from "react";
import type { NoteFlowNode } from "@/components/canvas/drawing/to-flow";
import { NoteText } from "@/components/canvas/nodes/trigger-node";
import { updateNote } from "@/server/plan/edits/edit-notes";
import { useEditorSession, useSessionState } from "../editor-session";
import { NOTE_PREFIX } from "./use-flow-elements";

/** A note: dragged and resized like a step, written in after a double click. */
export const EditableNote = memo(function EditableNote({ id, data, selected, height }: NodeProps<NoteFlowNode>) {
	const session = useEditorSession();
	const note = id.slice(NOTE_PREFIX.length);
	const isWriting = useSessionState((state) => state.writing === note);
	return (
		<>
			{isWriting ? (
				<NoteInput note={note} text={data.text} />
			) : (
				<button
					type="button"
					className="note"
					data-note={note}
					data-selected={selected || undefined}
					tabIndex={-1}
					aria-label={`Note: ${data.text || "empty"}`}
					onDoubleClick={() => session.state.setState({ writing: note })}
					onKeyDown={(event) => {
						if (event.key !== "Enter") return;
						event.preventDefault();
						session.state.setState({ writing: note });
					}}
				>
					{data.text ? (
						<NoteText height={height}>{data.text}</NoteText>
					) : (
						<span className="text-ink-3">Write a note</span>
					)}
				</button>
			)}
			{selected && <Corner note={note} />}
		</>
	);
});

function NoteInput({ note, text }: { note: string; text: string }) {
	const { editor, state } = useEditorSession();
	return (
		<textarea
			// biome-ignore lint/a11y/noAutofocus: the note was opened to be written in
			autoFocus
			aria-label="Note"
			className="note nodrag nowheel nopan nokey"
			defaultValue={text}
			onFocus={(event) => event.currentTarget.select()}
			onChange={(event) => {
				const next = event.currentTarget.value;
				editor
					.getState()
					.apply("Write note", (plan) => updateNote(plan, note, { text: next }), { coalesce: `note ${note}` });
			}}
			onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
			onBlur={() => {
				editor.getState().seal();
				state.setState({ writing: null });
			}}
		/>
	);
}

function Corner({ note }: { note: string }) {
	const { editor } = useEditorSession();
	return (
		<NodeResizeControl
			variant={ResizeControlVariant.Handle}
			position="bottom-right"
			minWidth={80}
			minHeight={40}
			className="note-corner"
			onResize={(_event, { width, height }) => {
				editor
					.getState()
					.apply("Resize note", (plan) => updateNote(plan, note, { width, height }), { coalesce: `resize ${note}` });
			}}
			onResizeEnd={() => editor.getState().seal()}
		/>
	);
}
