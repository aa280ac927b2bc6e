"use client";

import { Check } from "lucide-react";
import { Checkbox as CheckboxPrimitive, Switch as SwitchPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "../class-names";
import { CHECKBOX_LOOK, HIT_AREA } from "./checkbox-look";

export function Checkbox({ className, ...rest }: ComponentProps<typeof CheckboxPrimitive.Root>) {
	return (
		<CheckboxPrimitive.Root className={cn(CHECKBOX_LOOK, className)} {...rest}>
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
				// Its `data-state` is the tooltip’s where it has one.
				"h-4 w-7 flex-none rounded-full bg-field transition-colors aria-checked:bg-accent disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50",
				HIT_AREA,
				className,
			)}
			{...rest}
		>
			<SwitchPrimitive.Thumb className="block size-3 translate-x-0.5 rounded-full bg-white transition-transform data-[state=checked]:translate-x-3.5 dark:bg-[#161513]" />
		</SwitchPrimitive.Root>
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
