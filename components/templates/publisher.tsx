import { Avatar } from "../ui/avatar";
import { Mark } from "../ui/mark";

/** Who published a template: a team, or Weft itself. */
export function Publisher({ name }: { name: string | null }) {
	return (
		<span className="flex min-w-0 items-center gap-1.5 text-12 text-ink-2">
			{name === null ? <Mark className="size-3.5" /> : <Avatar name={name} size="small" />}
			<span className="truncate">{name ?? "Weft"}</span>
		</span>
	);
}
