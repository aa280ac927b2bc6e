import { defaultKeymap } from "@codemirror/commands";
import { keymap } from "@codemirror/view";

/** The usual keys of a text, less those that the editor around it has another meaning for: ⌘↵ and Ctrl+Enter run. */
export const codeKeymap = defaultKeymap.filter(({ key }) => key !== "Mod-Enter");

export const codeKeys = keymap.of(codeKeymap);
