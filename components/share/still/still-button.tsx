import type { ReactNode } from "react";
import { iconButtonLook } from "@/components/ui/icon-button-look";

interface StillButtonProps {
	label: string;
	size: "bar" | "panel";
	className?: string;
	/** Its label is handed on. */
	onUse: (label: string) => void;
	children: ReactNode;
}

/** An icon's button that is pressed once what it belongs to has been loaded. */
export function StillButton({ label, size, className, onUse, children }: StillButtonProps) {
	return (
		<button
			type="button"
			aria-label={label}
			title={label}
			className={iconButtonLook(size, className)}
			onClick={() => onUse(label)}
		>
			{children}
		</button>
	);
}
