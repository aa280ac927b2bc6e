import type { LucideIcon } from "lucide-react";
import type { Keys } from "./keys";

/** Something that can be done in the editor: by its key, from the command palette, and from wherever it has a button. */
export interface Action {
	id: string;
	title: string;
	group: "On this workflow" | "Edit" | "Steps" | "View";
	Icon: LucideIcon;
	keys?: Keys;
	/** The key is heard in fields too. */
	whileTyping?: boolean;
	/** The key is heard by the clipboard or by the canvas itself: here it is only listed. */
	heardElsewhere?: boolean;
	/** Why it cannot be done now; undefined when it can. */
	reason?: () => string | undefined;
	run: () => void;
}

/** What is done with the workflow as a whole has its key everywhere, in fields too. */
export const ON_WORKFLOW = { group: "On this workflow", whileTyping: true } as const;
