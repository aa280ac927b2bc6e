import { CalendarClock } from "lucide-react";
import Link from "next/link";
import { useViewer } from "../shell/viewer-context";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

export function NoSchedules() {
	const { team } = useViewer();
	return (
		<EmptyState
			className="m-auto"
			picture={<CalendarClock aria-hidden="true" className="size-6 text-ink-3" />}
			title="No workflow starts by a schedule yet"
			action={
				<Button intent="primary" asChild>
					<Link href={`/${team.slug}/workflows`}>Choose a workflow</Link>
				</Button>
			}
		>
			Open a workflow, choose “Run on a schedule” in its panel, and publish it. Here you see then when it starts, up to
			two years ahead, and whether it did.
		</EmptyState>
	);
}

export function NothingFound({ find, onClear }: { find: string; onClear: () => void }) {
	return (
		<EmptyState title={`No schedule is called “${find}”`} action={<Button onClick={onClear}>Show all</Button>}>
			Schedules are found by the name of their workflow, or by their own id.
		</EmptyState>
	);
}
