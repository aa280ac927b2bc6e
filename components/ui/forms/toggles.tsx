"use client";

import { Check } from "lucide-react";
import { Checkbox as CheckboxPrimitive, RadioGroup as RadioPrimitive, Switch as SwitchPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../class-names";

/** Makes what is tapped 44 px on a phone without changing what is seen. */
const hitArea = "relative phone:after:absolute phone:after:-inset-[14px]";

export function Checkbox({ className, ...rest }: ComponentProps<typeof CheckboxPrimitive.Root>) {
	return (
		<CheckboxPrimitive.Root
			className={cn(
				"inline-grid size-4 flex-none place-items-center rounded-1 border border-field bg-panel",
				"data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent",
				"disabled:cursor-not-allowed disabled:opacity-50",
				hitArea,
				className,
			)}
			{...rest}
		>
			<CheckboxPrimitive.Indicator>
				<Check aria-hidden="true" className="size-3" strokeWidth={3} />
			</CheckboxPrimitive.Indicator>
		</CheckboxPrimitive.Root>
	);
}

export function Switch({ className, ...rest }: ComponentProps<typeof SwitchPrimitive.Root>) {
	return (
		<SwitchPrimitive.Root
			className={cn(
				"h-4 w-7 flex-none rounded-full bg-field transition-colors data-[state=checked]:bg-accent disabled:cursor-not-allowed disabled:opacity-50",
				hitArea,
				className,
			)}
			{...rest}
		>
			<SwitchPrimitive.Thumb className="block size-3 translate-x-0.5 rounded-full bg-white transition-transform data-[state=checked]:translate-x-3.5 dark:bg-[#161513]" />
		</SwitchPrimitive.Root>
	);
}

export interface Choice<Value extends string = string> {
	value: Value;
	label: ReactNode;
}

interface SegmentedProps<Value extends string> {
	value: Value;
	options: readonly Choice<Value>[];
	onChange: (value: Value) => void;
	/** What is chosen here; read out before the options. */
	"aria-label": string;
	full?: boolean;
	className?: string;
}

/** One of a few, all in view. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
	const { value, options, onChange, full, className, ...aria } = props;
	const choose = (chosen: string) => {
		const option = options.find((candidate) => candidate.value === chosen);
		if (option) onChange(option.value);
	};
	return (
		<RadioPrimitive.Root
			{...aria}
			value={value}
			onValueChange={choose}
			orientation="horizontal"
			className={cn("h-(--h-control) gap-0.5 rounded-2 bg-fill p-0.5", full ? "flex" : "inline-flex", className)}
		>
			{options.map((option) => (
				<RadioPrimitive.Item
					key={option.value}
					value={option.value}
					className={cn(
						"flex items-center justify-center gap-1.5 whitespace-nowrap rounded-1 px-2.5 font-medium text-12 text-ink-2 transition-colors [&>svg]:size-3.5",
						"phone:relative phone:min-w-11 phone:after:absolute phone:after:-inset-y-0.5 phone:after:inset-x-0",
						"hover:text-ink data-[state=checked]:bg-panel data-[state=checked]:text-ink data-[state=checked]:shadow-1 dark:data-[state=checked]:bg-fill-2",
						full && "flex-1 px-1",
					)}
				>
					{option.label}
				</RadioPrimitive.Item>
			))}
		</RadioPrimitive.Root>
	);
}

interface MultiSelectProps {
	value: readonly string[];
	options: readonly string[];
	onChange: (value: string[]) => void;
	id?: string;
	"aria-describedby"?: string;
	"aria-invalid"?: true;
}

/** Any of a few: each option is a chip that is pressed or not. */
export function MultiSelect({ value, options, onChange, id, ...aria }: MultiSelectProps) {
	const toggle = (option: string) => onChange(options.filter((other) => (other === option) !== value.includes(other)));
	return (
		<div id={id} className="flex flex-wrap gap-1.5">
			{options.map((option) => {
				const chosen = value.includes(option);
				return (
					<button
						key={option}
						type="button"
						aria-pressed={chosen}
						aria-describedby={aria["aria-describedby"]}
						onClick={() => toggle(option)}
						className={cn(
							"inline-flex h-6 items-center gap-1 rounded-1 border px-[7px] font-medium text-12 phone:h-11 phone:rounded-3 phone:px-3.5",
							chosen
								? "border-transparent bg-accent-soft text-accent"
								: "border-line text-ink-2 hover:border-line-strong hover:text-ink",
							aria["aria-invalid"] && !chosen && "border-failed",
						)}
					>
						{chosen && <Check aria-hidden="true" className="size-3" strokeWidth={2} />}
						{option}
					</button>
				);
			})}
		</div>
	);
}
