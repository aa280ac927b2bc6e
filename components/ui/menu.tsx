"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Primitive, Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { Kbd } from "./kbd";

const itemClasses =
	"flex h-8 cursor-pointer select-none items-center gap-2.5 rounded-2 px-2 outline-none data-disabled:cursor-not-allowed data-disabled:text-(--ink-off) aria-disabled:cursor-not-allowed aria-disabled:text-(--ink-off) data-highlighted:bg-fill phone:h-11 [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-ink-2";

interface MenuProps extends Pick<ComponentProps<typeof Primitive.Content>, "align" | "side" | "onCloseAutoFocus"> {
	/** One element that can hold a ref. */
	trigger: ReactNode;
	open?: boolean;
	onOpenChange?: (open: boolean) => void;
	className?: string;
	children: ReactNode;
}

export function Menu({ trigger, open, onOpenChange, align = "end", className, children, ...rest }: MenuProps) {
	return (
		<Primitive.Root open={open} onOpenChange={onOpenChange} modal={false}>
			<Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
			<Primitive.Portal>
				<Primitive.Content
					{...rest}
					align={align}
					sideOffset={4}
					collisionPadding={8}
					className={cn(
						"z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-[200px] animate-fade overflow-y-auto rounded-3 border border-line bg-panel p-1 shadow-2",
						className,
					)}
				>
					{children}
				</Primitive.Content>
			</Primitive.Portal>
		</Primitive.Root>
	);
}

interface MenuItemProps extends ComponentProps<typeof Primitive.Item> {
	danger?: boolean;
	shortcut?: string;
}

export function MenuItem({ danger, shortcut, className, children, ...rest }: MenuItemProps) {
	return (
		<Primitive.Item
			className={cn(
				itemClasses,
				danger && "not-aria-disabled:text-failed [&>svg]:not-[[aria-disabled]_*]:text-failed",
				className,
			)}
			{...rest}
		>
			<Slot.Slottable>{children}</Slot.Slottable>
			{shortcut && <Kbd className="ml-auto">{shortcut}</Kbd>}
		</Primitive.Item>
	);
}

interface MenuChoicesProps {
	value: string;
	onChange: (value: string) => void;
	options: readonly { value: string; label: ReactNode; icon?: ReactNode }[];
	label?: string;
}

/** A choice of one inside a menu: the chosen one is ticked. */
export function MenuChoices({ value, onChange, options, label }: MenuChoicesProps) {
	return (
		<Primitive.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
			{options.map((option) => (
				<Primitive.RadioItem key={option.value} value={option.value} className={itemClasses}>
					{option.icon}
					<span className="min-w-0 flex-1 truncate">{option.label}</span>
					<Primitive.ItemIndicator>
						<Check aria-hidden="true" className="size-4 text-accent" />
					</Primitive.ItemIndicator>
				</Primitive.RadioItem>
			))}
		</Primitive.RadioGroup>
	);
}

export function MenuLabel({ children }: { children: ReactNode }) {
	return (
		<Primitive.Label className="truncate px-2 pt-2 pb-1 font-medium text-11 text-ink-3">{children}</Primitive.Label>
	);
}

export function MenuSeparator() {
	return <Primitive.Separator className="-mx-1 my-1 h-px bg-line-soft" />;
}
