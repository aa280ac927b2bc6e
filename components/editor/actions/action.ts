import type { LucideIcon } from "lucide-react";
import type { Point } from "@/components/canvas/drawing/geometry";
import type { Alignment } from "@/server/plan/edits/align-nodes";
import type { NodeId } from "@/server/plan/plan";
import type { Keys } from "./keys";

/** Each names one action, so that what is done with a step is never taken for what is done with the workflow. */
export type ActionId =
	| ("run" | "test" | "publish" | "save" | "describe")
	| (
			| "rename-workflow"
			| "duplicate-workflow"
			| "export"
			| "share"
			| "publish-template"
			| "audit"
			| "archive"
			| "delete-workflow"
	  )
	| (
			| "add"
			| "next"
			| "insert"
			| "inside"
			| "rename-step"
			| "replace"
			| "connect"
			| "relocate"
			| "fold"
			| "note"
			| "tidy"
	  )
	| ("try" | "copy-reference" | "copy" | "cut" | "paste" | "duplicate" | "remove" | "disable" | "select-all")
	| ("undo" | "redo" | `align-${Alignment}`)
	| ("commands" | "find-step" | "search-palette" | "fit")
	| ("zoom-selection" | "zoom-in" | "zoom-out" | "zoom-100")
	| ("palette" | "inspector" | "problems" | "tests" | "versions");

/** What an action is about where a button or a menu says it. */
export interface ActionTarget {
	/** In place of the steps that are selected or have the focus. */
	nodes?: readonly NodeId[];
	/** On the screen, in place of the middle of the canvas. */
	at?: Point;
}

/** Something that can be done in the editor: by its key, from the command palette, from menus and from buttons. */
export interface Action {
	id: ActionId;
	/** In the list of all actions. */
	title: string;
	/** In a menu or on a button of what it is about, where that differs. */
	label?: string | ((target?: ActionTarget) => string);
	group: "On this workflow" | "Edit" | "Steps" | "View";
	Icon: LucideIcon;
	keys?: Keys;
	/** The key is heard in fields too. */
	whileTyping?: boolean;
	/** The key is heard by the clipboard or by the canvas itself: here it is only listed. */
	heardElsewhere?: boolean;
	/** It takes something away. */
	isDanger?: boolean;
	/** Why it cannot be done now; undefined when it can. */
	reason?: (target?: ActionTarget) => string | undefined;
	/** The same where it is the viewer's role: said in menus too. */
	refusal?: string | undefined;
	run: (target?: ActionTarget) => void;
}

export function labelOf({ title, label = title }: Action, target?: ActionTarget): string {
	return typeof label === "string" ? label : label(target);
}

/** What is done with the workflow as a whole has its key everywhere, in fields too. */
export const ON_WORKFLOW = { group: "On this workflow", whileTyping: true } as const;
