import { TriggerIcon } from "@/components/canvas/nodes/trigger-icon";
import { triggerDefinitionOf } from "@/server/triggers/catalog";

/** What starts a workflow, one icon each. */
export function TriggerIcons({ types }: { types: readonly string[] }) {
	return (
		<span className="flex items-center gap-1.5 text-ink-2 [&_svg]:size-4 [&_svg]:stroke-2">
			{types
				.flatMap((type) => triggerDefinitionOf(type) ?? [])
				.map(({ type, cause }) => (
					<span key={type} role="img" aria-label={cause} title={cause}>
						<TriggerIcon type={type} />
					</span>
				))}
		</span>
	);
}
