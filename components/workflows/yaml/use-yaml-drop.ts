"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { looksLikeWorkflow } from "./yaml-file";

interface YamlDrop {
	onFile: (file: File) => void;
	onText: (text: string) => void;
}

/** Takes a file dropped, or a workflow pasted, anywhere on the page. True while a file hovers over it. */
export function useYamlDrop({ onFile, onText }: YamlDrop): boolean {
	const [hovering, setHovering] = useState(false);
	const takeFile = useEffectEvent(onFile);
	const takeText = useEffectEvent(onText);
	useEffect(() => {
		let depth = 0;
		const move = (by: 1 | -1) => {
			depth = Math.max(0, depth + by);
			setHovering(depth > 0);
		};
		const enter = (event: DragEvent) => hasFiles(event) && move(1);
		const leave = (event: DragEvent) => hasFiles(event) && move(-1);
		const over = (event: DragEvent) => hasFiles(event) && event.preventDefault();
		const drop = (event: DragEvent) => {
			if (!hasFiles(event)) return;
			event.preventDefault();
			depth = 0;
			setHovering(false);
			const file = event.dataTransfer?.files[0];
			if (file) takeFile(file);
		};
		const paste = (event: ClipboardEvent) => {
			const text = event.clipboardData?.getData("text/plain") ?? "";
			if (!isTyping(event.target) && looksLikeWorkflow(text)) takeText(text);
		};
		const stop = new AbortController();
		const { signal } = stop;
		addEventListener("dragenter", enter, { signal });
		addEventListener("dragleave", leave, { signal });
		addEventListener("dragover", over, { signal });
		addEventListener("drop", drop, { signal });
		addEventListener("paste", paste, { signal });
		return () => stop.abort();
	}, []);
	return hovering;
}

function hasFiles(event: DragEvent): boolean {
	return event.dataTransfer?.types.includes("Files") ?? false;
}

/** Whether the keyboard belongs to a field just now. */
export function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true]") !== null;
}
