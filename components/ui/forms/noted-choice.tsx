"use client";

import { RadioGroup as Primitive } from "radix-ui";
import type { FormField } from "@/server/plan/form-field";

interface NotedChoiceProps {
	label: string;
	field: Extract<FormField, { type: "select" }>;
	value: string;
	onChange: (value: string) => void;
	control: { "aria-describedby"?: string | undefined; "aria-invalid"?: true | undefined };
}

/** One of a few options, each with a line about it. */
export function NotedChoice({ label, field, value, onChange, control }: NotedChoiceProps) {
	const { options, notes = {} } = field;
	return (
		<Primitive.Root
			aria-label={label}
			aria-describedby={control["aria-describedby"]}
			aria-invalid={control["aria-invalid"]}
			value={value}
			onValueChange={onChange}
			className="grid overflow-hidden rounded-3 border border-line"
		>
			{(field.required ? options : [...options, ""]).map((option) => (
				<Primitive.Item
					key={option}
					value={option}
					className="group flex min-h-10 items-center gap-3 border-line-soft border-b px-3.5 py-1.5 text-left last:border-b-0 hover:bg-fill data-[state=checked]:bg-accent-soft phone:min-h-12"
				>
					<span
						aria-hidden="true"
						className="size-4 flex-none rounded-full border border-line-strong group-data-[state=checked]:border-[5px] group-data-[state=checked]:border-accent phone:size-5 phone:group-data-[state=checked]:border-[6px]"
					/>
					<span className="min-w-0">
						<span className="block break-words font-medium">{option === "" ? "None of these" : option}</span>
						{notes[option] && <span className="block break-words text-12 text-ink-2">{notes[option]}</span>}
					</span>
				</Primitive.Item>
			))}
		</Primitive.Root>
	);
}
