import { useId } from "react";
import type { FormField } from "@/server/plan/form-field";

interface AnswerFieldProps {
	field: FormField;
	/** What was sent and refused; undefined before. */
	entered: readonly string[] | undefined;
	problem: string | undefined;
}

const INPUT =
	"min-h-11 w-full rounded-2 border border-line-strong bg-panel px-3 py-2 text-[16px] phone:rounded-3 focus-visible:outline-2 focus-visible:outline-focus";

/** A question of an approval in the browser's own controls, which need no scripts. */
export function AnswerField({ field, entered, problem }: AnswerFieldProps) {
	const id = useId();
	const label = field.label ?? field.name;
	const isGroup = field.type === "select" || field.type === "multiselect";
	const note = problem ?? field.help;
	return (
		<div {...(isGroup && { role: "group", "aria-labelledby": `${id}-label` })}>
			<div className="mb-1 flex justify-between text-12 text-ink-2">
				<label id={`${id}-label`} htmlFor={isGroup ? undefined : id}>
					{label}
				</label>
				{!field.required && field.type !== "boolean" && <span className="text-ink-3">optional</span>}
			</div>
			<Answer id={id} field={field} given={entered ?? defaultOf(field)} describedBy={`${id}-note`} />
			<p id={`${id}-note`} className={problem ? "mt-1 text-12 text-failed" : "mt-1 text-12 text-ink-3"}>
				{note}
			</p>
		</div>
	);
}

interface AnswerProps {
	id: string;
	field: FormField;
	given: readonly string[];
	describedBy: string;
}

function Answer({ id, field, given, describedBy }: AnswerProps) {
	const name = `field.${field.name}`;
	const common = { id, name, "aria-describedby": describedBy };
	const [text = ""] = given;
	switch (field.type) {
		case "text":
			return <input {...common} className={INPUT} defaultValue={text} required={field.required} />;
		case "number":
			return (
				<input
					{...common}
					{...{ type: "number", step: "any", min: field.min, max: field.max, inputMode: "decimal" }}
					className={INPUT}
					defaultValue={text}
					required={field.required}
				/>
			);
		case "textarea":
		case "json":
			return <textarea {...common} rows={4} className={INPUT} defaultValue={text} required={field.required} />;
		case "boolean":
			return (
				<label className="flex min-h-11 items-center gap-3 text-[15px]">
					<input
						{...common}
						type="checkbox"
						value="yes"
						defaultChecked={given.length > 0}
						className="size-5 accent-accent"
					/>
					Yes
				</label>
			);
		case "select":
		case "multiselect":
			return <Options {...{ name, field, given }} />;
	}
}

type Chosen = Extract<FormField, { options: string[] }>;

function Options({ name, field, given }: { name: string; field: Chosen; given: readonly string[] }) {
	const isOne = field.type === "select";
	return (
		<div className="grid gap-1 rounded-3 bg-fill p-1">
			{field.options.map((option) => (
				<label
					key={option}
					className="flex min-h-11 items-center gap-3 rounded-2 px-3 text-[15px] has-checked:bg-panel has-checked:shadow-1"
				>
					<input
						type={isOne ? "radio" : "checkbox"}
						name={name}
						value={option}
						defaultChecked={given.includes(option)}
						required={isOne && field.required}
						className="size-5 accent-accent"
					/>
					<span className="min-w-0 break-words">
						{option}
						{field.type === "select" && field.notes?.[option] && (
							<span className="block text-12 text-ink-2">{field.notes[option]}</span>
						)}
					</span>
				</label>
			))}
		</div>
	);
}

function defaultOf(field: FormField): string[] {
	if (field.default === undefined) return [];
	if (field.type === "boolean") return field.default ? ["yes"] : [];
	if (field.type === "multiselect") return field.default;
	return [typeof field.default === "string" ? field.default : JSON.stringify(field.default)];
}
