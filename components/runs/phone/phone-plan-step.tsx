import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import type { NodeLook } from "@/components/canvas/drawing/describe-node";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { describeStep } from "@/components/canvas/run/describe-step";
import { IconTile } from "@/components/ui/icon-tile";
import { PhoneRowLine } from "./phone-row-line";
import type { PhoneRow } from "./phone-rows";

/** What the steps of a plan that does not run are shown with. */
export const NOTHING_RAN = { steps: {} };

interface PhonePlanStepProps {
	row: PhoneRow;
	/** Nothing stands above it. */
	isFirst: boolean;
	look: NodeLook;
	/** What is said of it beside what it is. */
	said?: string | undefined;
	mark?: ReactNode;
	onOpen: () => void;
}

/** A step of a plan at rest, in the list of a phone. */
export function PhonePlanStep({ row, isFirst, look, said, mark, onOpen }: PhonePlanStepProps) {
	return (
		<PhoneRowLine
			row={row}
			isFirst={isFirst}
			said={[describeStep(look, undefined), said].filter(Boolean).join(", ")}
			icon={
				<span aria-hidden="true" className="z-10 mx-0.5 rounded-[5px] bg-panel">
					<IconTile category={look.category} size="small">
						<NodeIcon name={look.icon} />
					</IconTile>
				</span>
			}
			title={look.title}
			titleClassName={look.disabled ? "text-ink-3 line-through" : undefined}
			detail={look.summary}
			end={
				<span aria-hidden="true" className="flex items-center gap-1.5 text-12 text-ink-3">
					{look.disabled && "disabled"}
					{mark}
					<ChevronRight className="size-4" />
				</span>
			}
			onOpen={onOpen}
		/>
	);
}
