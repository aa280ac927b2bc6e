import { Chip } from "@/components/ui/chip";
import { describeVerdict } from "./describe-verdict";
import type { Delivery } from "./use-deliveries";

/** What became of a delivery, in a word. */
export function VerdictChip({ verdict }: { verdict: Delivery["verdict"] }) {
	const { label, icon: Icon, tone } = describeVerdict(verdict);
	return (
		<Chip tone={tone} className="flex-none">
			<Icon aria-hidden="true" />
			{label}
		</Chip>
	);
}
