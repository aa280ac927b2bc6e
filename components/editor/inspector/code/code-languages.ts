import { type LanguageSupport, StreamLanguage } from "@codemirror/language";
import { Compartment, type Extension } from "@codemirror/state";
import { ViewPlugin } from "@codemirror/view";
import type { CodeLanguage } from "../fields/describe-fields";

/** Each is large, and most fields need only one. */
const LANGUAGES = {
	shell: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/shell")).shell),
	python: async () => (await import("@codemirror/lang-python")).python(),
	javascript: async () => (await import("@codemirror/lang-javascript")).javascript({ typescript: true }),
	json: async () => (await import("@codemirror/lang-json")).json(),
	markdown: async () => (await import("@codemirror/lang-markdown")).markdown(),
	// CEL reads like JavaScript as far as colours go.
	cel: async () => (await import("@codemirror/lang-javascript")).javascript(),
} satisfies Record<CodeLanguage | "cel", () => Promise<LanguageSupport | Extension>>;

/** What colours and indents a language, once it is loaded; until then, and without a network, it is plain text. */
export function languageSupport(language: CodeLanguage | "words" | "cel"): Extension {
	if (language === "words") return [];
	const place = new Compartment();
	const loader = ViewPlugin.define((view) => {
		let isGone = false;
		LANGUAGES[language]().then(
			(support) => isGone || view.dispatch({ effects: place.reconfigure(support) }),
			() => {},
		);
		return {
			destroy() {
				isGone = true;
			},
		};
	});
	return [place.of([]), loader];
}
