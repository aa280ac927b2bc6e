"use client";

import { Check, Search } from "lucide-react";
import { DropdownMenu as Primitive, Slot } from "radix-ui";
import type { ComponentProps, KeyboardEvent, PointerEvent, ReactNode } from "react";
import { cn } from "./class-names";
import { InputBox } from "./forms/input";
import { Kbd } from "./kbd";

const itemClasses =
	"flex h-8 cursor-pointer select-none items-center gap-2.5 rounded-2 px-2 outline-none data-disabled:cursor-not-allowed data-disabled:text-(--ink-off) aria-disabled:cursor-not-allowed aria-disabled:text-(--ink-off) data-highlighted:bg-fill phone:h-11 [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-ink-2";

interface MenuProps extends Pick<ComponentProps<typeof Primitive.Content>, "align" | "side" | "onCloseAutoFocus"> {
	/** One element that can hold a ref. */
	trigger: ReactNode;
	open?: boolean;
	defaultOpen?: boolean;
	onOpenChange?: (open: boolean) => void;
	className?: string;
	children: ReactNode;
}

export function Menu({ trigger, align = "end", className, children, ...props }: MenuProps) {
	const { open, defaultOpen, onOpenChange, ...rest } = props;
	return (
		<Primitive.Root open={open} defaultOpen={defaultOpen} onOpenChange={onOpenChange} modal={false}>
			<Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
			<Primitive.Portal>
				<Primitive.Content
					{...rest}
					align={align}
					sideOffset={4}
					collisionPadding={8}
					className={cn(
						"z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-[200px] max-w-(--radix-dropdown-menu-content-available-width) animate-fade overflow-y-auto rounded-3 border border-line bg-panel p-1 shadow-2",
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
	/** One of those that a field above looks for: pointing at it leaves the focus there. */
	sought?: boolean;
}

export function MenuItem({ danger, shortcut, sought, className, children, ...rest }: MenuItemProps) {
	return (
		<Primitive.Item
			className={cn(
				itemClasses,
				danger && "not-aria-disabled:text-failed [&>svg]:not-[[aria-disabled]_*]:text-failed",
				sought && "hover:bg-fill",
				className,
			)}
			data-sought={sought || undefined}
			onPointerMove={sought ? keepFocus : undefined}
			onPointerLeave={sought ? keepFocus : undefined}
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
	/** Pointing at a choice leaves the focus where it is, in a field above. */
	passive?: boolean;
}

/** A choice of one inside a menu: the chosen one is ticked. */
export function MenuChoices({ value, onChange, options, label, passive }: MenuChoicesProps) {
	return (
		<Primitive.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
			{options.map((option) => (
				<Primitive.RadioItem
					key={option.value}
					value={option.value}
					className={cn(itemClasses, passive && "hover:bg-fill")}
					onPointerMove={passive ? keepFocus : undefined}
					onPointerLeave={passive ? keepFocus : undefined}
				>
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

/** Radix's menus focus what is pointed at. */
function keepFocus(event: PointerEvent): void {
	event.preventDefault();
}

interface MenuSearchProps {
	label: string;
	value: string;
	onChange: (value: string) => void;
}

/** A field at the top of a menu that narrows its choices: Enter takes the first, the arrow down goes to them. */
export function MenuSearch({ label, value, onChange }: MenuSearchProps) {
	const press = (event: KeyboardEvent<HTMLInputElement>) => {
		// Radix closes menus at Escape, and takes letters for the beginning of an item's name.
		if (event.key !== "Escape") event.stopPropagation();
		if (event.nativeEvent.isComposing) return;
		const first = event.currentTarget.closest('[role="menu"]')?.querySelector('[role="menuitemradio"], [data-sought]');
		if (!(first instanceof HTMLElement)) return;
		if (event.key === "ArrowDown") first.focus();
		else if (event.key === "Enter") first.click();
		else return;
		event.preventDefault();
	};
	return (
		<InputBox
			autoFocus
			type="search"
			aria-label={label}
			placeholder={label}
			icon={<Search aria-hidden="true" />}
			boxClassName="m-1"
			maxLength={200}
			value={value}
			autoComplete="off"
			onChange={(event) => onChange(event.target.value)}
			onKeyDown={press}
		/>
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
