import { formatMoment, formatRoughDuration } from "../ui/format/format-time";
import { PanelSection } from "../ui/panel-section";

import { type Alert, AlertRunLink } from "./alert-runs";

const DAYS = 30;
const DAY_MS = 86_400_000;

/** Earlier episodes of the same alert, with what came of them. */
export function AlertEarlier({ alert }: { alert: Alert }) {
	const { earlier } = alert;
	const times = earlier.length === 1 ? "once" : `${earlier.length} times`;
	return (
		<PanelSection title={earlier.length === 0 ? "Not seen before" : `Seen before: ${times}`}>
			{earlier.length === 0 ? (
				<p className="px-4 pb-4 text-12 text-ink-3">This is its first episode in the last 180 days.</p>
			) : (
				<>
					<Days alert={alert} />
					<ul className="px-4 pb-4">
						{earlier.map((each) => (
							<EarlierItem key={each.id} {...each} />
						))}
					</ul>
				</>
			)}
		</PanelSection>
	);
}

function EarlierItem({ startsAt, endsAt, runs }: Alert["earlier"][number]) {
	const told = runs.find(({ report }) => report !== null) ?? runs[0];
	return (
		<li className="grid gap-0.5 border-line-soft border-t py-2 text-12">
			<div className="flex items-center gap-3">
				<b className="font-medium tabular-nums">{formatMoment(startsAt)}</b>
				<span className="text-ink-3">
					{endsAt && `for ${formatRoughDuration(Math.max(1_000, endsAt.getTime() - startsAt.getTime()))}`}
				</span>
				<span className="ml-auto">{told && <AlertRunLink {...told} />}</span>
			</div>
			<p className="line-clamp-3 break-words text-ink-2">{told?.report ?? told?.reason ?? "no report"}</p>
		</li>
	);
}

/** A bar a day on which it fired, this episode the last. */
function Days({ alert }: { alert: Alert }) {
	const end = alert.startsAt.getTime();
	const recent = [alert, ...alert.earlier].filter(({ startsAt }) => end - startsAt.getTime() < DAYS * DAY_MS);
	const longest = Math.max(...recent.map(lengthOf));
	return (
		<div aria-hidden="true" className="mx-4 mb-2">
			<div className="relative h-8 border-ink-3 border-b">
				{recent.map((each) => (
					<span
						key={each.id}
						className={each.id === alert.id ? "absolute bottom-0 w-1.5 bg-failed" : "absolute bottom-0 w-1.5 bg-ink-3"}
						style={{
							left: `calc(${(1 - (end - each.startsAt.getTime()) / (DAYS * DAY_MS)) * 100}% - 6px)`,
							height: `${20 + (80 * lengthOf(each)) / longest}%`,
						}}
					/>
				))}
			</div>
			<p className="flex justify-between pt-1 text-11 text-ink-3">
				<span>30 days before</span>
				<span>this one</span>
			</p>
		</div>
	);
}

function lengthOf({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }): number {
	return Math.max(60_000, (endsAt?.getTime() ?? Date.now()) - startsAt.getTime());
}
