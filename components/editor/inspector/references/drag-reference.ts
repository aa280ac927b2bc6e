import type { DragEvent } from "react";
import { z } from "zod";
import { writeReference } from "@/server/plan/expressions/write-reference";

/** What a dragged value is called on its way: its path as JSON. */
const MIME = "application/x-weft-reference";

const pathSchema = z.array(z.string()).min(1);

/** Dropped elsewhere, a value arrives as the text of its reference. */
export function startReferenceDrag(event: DragEvent, path: readonly string[]): void {
	event.dataTransfer.setData(MIME, JSON.stringify(path));
	event.dataTransfer.setData("text/plain", writeReference(path, "braces"));
	event.dataTransfer.effectAllowed = "copy";
}

export function isReferenceDrag({ types }: Pick<DataTransfer, "types">): boolean {
	return types.includes(MIME);
}

/** The path of a dropped value; undefined when something else was dropped. */
export function droppedReference(data: DataTransfer): string[] | undefined {
	const text = data.getData(MIME);
	if (text === "") return undefined;
	const parsed = pathSchema.safeParse(JSON.parse(text));
	return parsed.success ? parsed.data : undefined;
}
