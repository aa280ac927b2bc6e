import { BellOff, ExternalLink } from "lucide-react";
import type { Outputs } from "../trpc/types";
import { Chip } from "../ui/chip";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { formatMoment } from "../ui/format/format-time";

type Silences = Outputs["alerts"]["silences"];

interface SilenceListProps {
	data: Silences;
	onRetry: () => void;
	busy: boolean;
}

/** The silences of the team's Alertmanagers, as they hold at present. */
export function SilenceList({ data, onRetry, busy }: SilenceListProps) {
	return (
		<>
			{data.problems.map(({ api, problem }) => (
				<ErrorRow key={api} onRetry={onRetry} busy={busy}>
					{`${api}: ${problem}`}
				</ErrorRow>
			))}
			{data.silences.length === 0 && data.problems.length === 0 && (
				<EmptyState picture={<BellOff className="size-6 text-ink-3" />} title="No silences" className="pt-20">
					{data.hasApi
						? "Silences are made in Alertmanager; those that hold stand here."
						: "Enter Alertmanager’s address in the settings of a trigger, and its silences stand here."}
				</EmptyState>
			)}
			<ul aria-label="Silences">
				{data.silences.map((silence) => (
					<SilenceItem key={`${silence.api} ${silence.id}`} {...silence} />
				))}
			</ul>
		</>
	);
}

function SilenceItem({
	id,
	api,
	matchers,
	comment,
	createdBy,
	startsAt,
	endsAt,
	state,
	alertIds,
}: Silences["silences"][number]) {
	const isComing = state === "pending";
	return (
		<li className="grid gap-1.5 border-line-soft border-b px-5 py-3 phone:px-4">
			<div className="flex flex-wrap items-center gap-1.5">
				{matchers.map((matcher) => (
					<Chip key={matcher} mono className="max-w-full">
						<span className="truncate">{matcher}</span>
					</Chip>
				))}
				<a
					href={`${api}/#/silences/${encodeURIComponent(id)}`}
					target="_blank"
					rel="noreferrer noopener"
					className="ml-auto inline-flex items-center gap-1 text-12 text-accent hover:underline"
				>
					Alertmanager
					<ExternalLink aria-hidden="true" className="size-3" />
				</a>
			</div>
			<p className="text-12 text-ink-2">
				{isComing ? `From ${formatMoment(startsAt)} until ` : "Until "}
				{formatMoment(endsAt)}
				{createdBy !== "" && `, by ${createdBy}`}
				{!isComing && `; ${alertIds.length === 1 ? "1 alert is" : `${alertIds.length} alerts are`} silenced`}
			</p>
			{comment !== "" && <p className="break-words text-12 text-ink-3">{comment}</p>}
		</li>
	);
}
