"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";

/** Stands in the corner of a drawing that fills the screen. */
export function CloseDrawing({ onClose }: { onClose: () => void }) {
	return (
		<div className="absolute top-3 right-3 z-10 rounded-3 border border-line bg-panel shadow-1">
			<IconButton label="Close the drawing" onClick={onClose}>
				<X />
			</IconButton>
		</div>
	);
}

export function FullScreen({ children }: { children: ReactNode }) {
	return <div className="fixed inset-0 z-30 bg-panel">{children}</div>;
}
