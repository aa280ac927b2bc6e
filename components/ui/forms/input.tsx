import type { ComponentProps, ReactNode } from "react";
import { cn } from "../class-names";

/** The box shared by everything one can type into. */
export const inputBox = [
	"min-w-0 rounded-2 border border-line-strong bg-panel text-13 text-ink outline-none transition-[border-color,box-shadow] phone:rounded-3 phone:text-[16px]",
	"focus:border-focus focus:shadow-[0_0_0_1px_var(--focus)] focus-within:border-focus focus-within:shadow-[0_0_0_1px_var(--focus)]",
	"aria-invalid:border-failed aria-invalid:focus:shadow-[0_0_0_1px_var(--failed)] aria-invalid:focus-within:shadow-[0_0_0_1px_var(--failed)] disabled:cursor-not-allowed disabled:border-line disabled:bg-page disabled:text-(--ink-off)",
];

export function Input({ className, type = "text", ...rest }: ComponentProps<"input">) {
	return <input type={type} className={cn(inputBox, "h-(--h-field) w-full px-2.5 phone:px-3", className)} {...rest} />;
}

interface InputBoxProps extends Omit<ComponentProps<"input">, "size"> {
	icon?: ReactNode;
	/** At the right end, inside the border: a key, a button. */
	end?: ReactNode;
	size?: "bar" | "form" | "auth";
	boxClassName?: string;
}

/** An input with something inside its border at either end. */
export function InputBox({ icon, end, size = "form", boxClassName, className, ...rest }: InputBoxProps) {
	return (
		<span
			aria-invalid={rest["aria-invalid"] === true ? true : undefined}
			className={cn(
				inputBox,
				"flex items-center [&>svg]:flex-none [&>svg]:text-ink-3",
				size === "bar" && "h-(--h-control) gap-1.5 px-2 text-12 [&>svg]:size-3.5",
				size === "form" && "h-(--h-field) gap-2 px-2.5 [&>svg]:size-4",
				size === "auth" && "h-9 gap-2 px-2.5 phone:h-11 [&>svg]:size-4",
				boxClassName,
			)}
		>
			{icon}
			<input
				{...rest}
				className={cn(
					"h-full w-full min-w-0 flex-1 bg-transparent outline-none phone:-my-px phone:h-[calc(100%+2px)] phone:text-[16px]",
					className,
				)}
			/>
			{end}
		</span>
	);
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
	return (
		<textarea
			rows={3}
			className={cn(inputBox, "block w-full resize-y px-2.5 py-[7px] leading-[22px] phone:px-3", className)}
			{...rest}
		/>
	);
}
