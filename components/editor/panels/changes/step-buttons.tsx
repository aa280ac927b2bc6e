import { ChevronDown, ChevronUp } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";

interface StepButtonsProps {
	/** What is gone through: `change`, `conflict`. */
	of: string;
	onStep: (by: 1 | -1) => void;
}

/** Go through a review one after the other. */
export function StepButtons({ of, onStep }: StepButtonsProps) {
	return (
		<span className="flex gap-1">
			<IconButton label={`Previous ${of}`} size="panel" onClick={() => onStep(-1)}>
				<ChevronUp />
			</IconButton>
			<IconButton label={`Next ${of}`} size="panel" onClick={() => onStep(1)}>
				<ChevronDown />
			</IconButton>
		</span>
	);
}
