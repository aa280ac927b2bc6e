"use client";

import { RadioGroup as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../class-names";

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
		<Primitive.Root
			{...aria}
			value={value}
			onValueChange={choose}
			orientation="horizontal"
			className={cn("h-(--h-control) gap-0.5 rounded-2 bg-fill p-0.5", full ? "flex" : "inline-flex", className)}
		>
			{options.map((option) => (
				<Primitive.Item
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
				</Primitive.Item>
			))}
		</Primitive.Root>
	);
}
