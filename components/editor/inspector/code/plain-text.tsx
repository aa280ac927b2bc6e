import { cn } from "@/components/ui/class-names";
import { useEditorStore } from "../../editor-store";
import type { CodeEditorProps } from "./code-editor-props";

/** Edits a text without colours and completion, where what has them cannot be loaded: offline one can still write. */
export function PlainText(props: CodeEditorProps) {
	const { value, onChange, onBlur, language, label, control, placeholder, isReadOnly } = props;
	const editor = useEditorStore();
	return (
		<textarea
			{...control}
			aria-label={control?.id === undefined ? label : undefined}
			value={value}
			placeholder={placeholder}
			readOnly={isReadOnly}
			spellCheck={language === "words"}
			onChange={(event) => onChange(event.target.value)}
			onBlur={() => {
				onBlur?.();
				editor.getState().seal();
			}}
			className={cn(
				"block min-h-(--code-height) w-full resize-y bg-transparent px-2.5 py-1.5 outline-none phone:text-[16px]",
				language === "words" ? "text-13 leading-5" : "font-mono text-12 leading-5",
			)}
		/>
	);
}
