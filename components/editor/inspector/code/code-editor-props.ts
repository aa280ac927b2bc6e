import type { FieldControl } from "@/components/ui/forms/field";
import type { TextKind } from "@/server/plan/expressions/field-rules";
import type { CodeLanguage } from "../fields/describe-fields";

export interface CodeEditorProps {
	value: string;
	onChange: (value: string) => void;
	onBlur?: () => void;
	/** `words` are prose, in the face of the interface. */
	language: CodeLanguage | "words" | "cel";
	kind: TextKind;
	/** The place sees the steps inside a container. */
	inside: boolean;
	/** As the field is called on the form. */
	label: string;
	/** The same function until other references are broken. */
	isBroken: (path: readonly string[]) => boolean;
	control?: Partial<FieldControl>;
	placeholder?: string | undefined;
	isReadOnly?: boolean;
	/** Takes the caret when it opens. */
	autoFocus?: boolean;
}
