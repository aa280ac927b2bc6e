import type { ReactNode } from "react";

export interface TooltipProps {
	/** Without one nothing opens. */
	label: ReactNode | undefined;
	shortcut?: string;
	side?: "top" | "bottom" | "left" | "right";
	open?: boolean;
	onOpenChange?: (open: boolean) => void;
}
