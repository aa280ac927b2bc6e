import type { Issue } from "@/server/plan/issue";
import { CheckedField } from "../../fields/checked-field";
import { numberText, wordsText } from "../../fields/field-text";

interface FilterFieldProps {
	form: {
		trigger: { filter?: string | undefined };
		issuesOf(field: string): Issue[];
		set(changes: { filter: string | undefined }): boolean;
	};
	placeholder: string;
	help: string;
}

/** Which of what comes starts a run. */
export function FilterField({ form: { trigger, issuesOf, set }, placeholder, help }: FilterFieldProps) {
	return (
		<CheckedField
			label="Only when"
			value={trigger.filter}
			form={wordsText}
			issues={issuesOf("filter")}
			placeholder={placeholder}
			help={help}
			onWrite={(filter) => set({ filter: typeof filter === "string" ? filter : undefined })}
			expected={EXPRESSION}
		/>
	);
}

interface DuplicateFieldsProps {
	form: {
		trigger: { dedupeKey?: string | undefined; dedupeHours: number };
		issuesOf(field: string): Issue[];
		set(changes: { dedupeKey: string | undefined } | { dedupeHours: number }): boolean;
	};
	placeholder: string;
	help: string;
	/** Its sender marks duplicates, so that they are known without a key, too. */
	areMarked?: boolean;
}

/** What makes two of what comes the same, and for how long. */
export function DuplicateFields({ form, placeholder, help, areMarked = false }: DuplicateFieldsProps) {
	const { trigger, issuesOf, set } = form;
	return (
		<>
			<CheckedField
				label="Duplicates have the same"
				value={trigger.dedupeKey}
				form={wordsText}
				issues={issuesOf("dedupeKey")}
				placeholder={placeholder}
				help={help}
				onWrite={(dedupeKey) => set({ dedupeKey: typeof dedupeKey === "string" ? dedupeKey : undefined })}
				expected={EXPRESSION}
			/>
			{(trigger.dedupeKey !== undefined || areMarked) && (
				<CheckedField
					label="For so many hours"
					value={trigger.dedupeHours}
					form={numberText}
					onWrite={(dedupeHours = 24) => typeof dedupeHours === "number" && set({ dedupeHours })}
					expected="Enter a number of hours from 1 to 720."
				/>
			)}
		</>
	);
}

const EXPRESSION = "An expression of 4,000 characters at most.";
