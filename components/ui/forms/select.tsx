"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../class-names";
import type { FieldControl } from "./field";
import { inputBox } from "./input";

export interface SelectOption {
	value: string;
	label: ReactNode;
}

interface SelectProps extends Partial<FieldControl> {
	/** An empty string shows the placeholder. */
	value: string;
	options: readonly SelectOption[];
	onChange: (value: string) => void;
	placeholder?: string;
	disabled?: boolean;
	size?: "bar" | "form";
	"aria-label"?: string;
	className?: string;
}

export function Select(props: SelectProps) {
	const { value, options, onChange, placeholder = "Choose one", disabled, size = "form", className, ...aria } = props;
	return (
		<Primitive.Root value={value} onValueChange={onChange} disabled={disabled}>
			<Primitive.Trigger
				{...aria}
				className={cn(
					inputBox,
					"flex w-full items-center gap-2 px-2.5 text-left data-placeholder:text-ink-3 data-[state=open]:border-focus phone:px-3",
					size === "form" ? "h-(--h-field)" : "h-(--h-control) text-12",
					className,
				)}
			>
				<span className="min-w-0 flex-1 truncate">
					<Primitive.Value placeholder={placeholder} />
				</span>
				<ChevronsUpDown aria-hidden="true" className="size-4 flex-none text-ink-3" />
			</Primitive.Trigger>
			<Primitive.Portal>
				<Primitive.Content
					position="popper"
					sideOffset={4}
					collisionPadding={8}
					className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-fade overflow-hidden rounded-3 border border-line bg-panel p-1 shadow-2"
				>
					<Primitive.Viewport>
						{options.map((option) => (
							<Option key={option.value} option={option} />
						))}
					</Primitive.Viewport>
				</Primitive.Content>
			</Primitive.Portal>
		</Primitive.Root>
	);
}

function Option({ option }: { option: SelectOption }) {
	return (
		<Primitive.Item
			value={option.value}
			className="flex h-8 cursor-pointer select-none items-center gap-2.5 rounded-2 px-2 outline-none data-highlighted:bg-fill phone:h-11"
		>
			<Primitive.ItemText>{option.label}</Primitive.ItemText>
			<Primitive.ItemIndicator className="ml-auto">
				<Check aria-hidden="true" className="size-4 text-accent" />
			</Primitive.ItemIndicator>
		</Primitive.Item>
	);
}
