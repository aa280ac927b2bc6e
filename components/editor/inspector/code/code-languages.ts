import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { markdown } from "@codemirror/lang-markdown";
import { python } from "@codemirror/lang-python";
import { type LanguageSupport, StreamLanguage } from "@codemirror/language";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import type { Extension } from "@codemirror/state";
import type { CodeLanguage } from "../fields/describe-fields";

const LANGUAGES = {
	shell: () => StreamLanguage.define(shell),
	python,
	javascript: () => javascript({ typescript: true }),
	json,
	markdown,
} satisfies Record<CodeLanguage, () => LanguageSupport | Extension>;

/** What colours and indents a language. Words are plain text. */
export function languageSupport(language: CodeLanguage | "words" | "cel"): Extension {
	if (language === "words") return [];
	// CEL reads like JavaScript as far as colours go.
	return language === "cel" ? javascript() : LANGUAGES[language]();
}
