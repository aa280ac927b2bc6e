"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink, FileText, X } from "lucide-react";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";

import { Chip } from "../ui/chip";
import { ErrorRow } from "../ui/error-row";
import { formatMoment, formatRoughDuration } from "../ui/format/format-time";
import { IconButton } from "../ui/icon-button";
import { LiveDuration, RoughAge } from "../ui/live-duration";
import { PanelSection } from "../ui/panel-section";
import { SkeletonRows } from "../ui/skeleton";
import { AlertEarlier } from "./alert-earlier";
import { tellNote } from "./alert-notes";
import { type Alert, type AlertRun, AlertRunLink } from "./alert-runs";
import { SeverityMark } from "./severity-mark";

const REFRESH_MS = 5_000;

/** All that is known of an episode: what it says, the runs that it has started with their reports, and earlier ones. */
export function AlertPanel({ id, onClose }: { id: string; onClose: () => void }) {
	const { team } = useViewer();
	const trpc = useTRPC();
	const read = useQuery(trpc.alerts.read.queryOptions({ team: team.slug, id }, { refetchInterval: REFRESH_MS }));
	return (
		<aside
			aria-label="The alert"
			className="w-[424px] flex-none overflow-y-auto border-line border-l bg-panel phone:w-full phone:border-l-0"
		>
			{read.isPending && <SkeletonRows rows={8} label="Loading the alert" />}
			{read.error && (
				<ErrorRow onRetry={() => void read.refetch()} busy={read.isFetching}>
					{errorText(read.error)}
				</ErrorRow>
			)}
			{read.data === null && <p className="p-4 text-ink-2">This alert is kept no more.</p>}
			{read.data && <Shown alert={read.data} onClose={onClose} />}
		</aside>
	);
}

function Shown({ alert, onClose }: { alert: Alert; onClose: () => void }) {
	const started = alert.runs.filter(({ run }) => run !== null);
	return (
		<>
			<Head alert={alert} onClose={onClose} />
			<PanelSection title="Runs of this episode" end={started.length}>
				{alert.runs.length === 0 && (
					<p className="px-4 pb-4 text-12 text-ink-3">
						None. The deliveries of your Alertmanager triggers say which matcher said no.
					</p>
				)}
				<ul className="grid gap-3 px-4 pb-4">
					{alert.runs.map((each) => (
						<RunItem key={each.run?.id ?? each.workflow.slug} {...each} />
					))}
				</ul>
			</PanelSection>
			<PanelSection title="This episode" end={`from ${formatMoment(alert.startsAt)}`}>
				<ol className="grid gap-1.5 px-4 pb-4 text-12">
					{alert.notes.map((note) => (
						<li key={`${note.at} ${note.what} ${note.run?.number}`} className="flex gap-3">
							<time dateTime={note.at} className="flex-none text-ink-3 tabular-nums">
								{formatMoment(new Date(note.at))}
							</time>
							<span className="min-w-0 flex-1">{tellNote(note)}</span>
						</li>
					))}
				</ol>
			</PanelSection>
			<AlertEarlier alert={alert} />
		</>
	);
}

function Head({ alert, onClose }: { alert: Alert; onClose: () => void }) {
	const { annotations, labels, status, startsAt, endsAt, generatorUrl, externalUrl } = alert;
	const text = annotations.description ?? annotations.summary ?? annotations.message;
	const isResolved = status === "resolved";
	return (
		<header className="grid gap-3 px-4 pt-3 pb-4">
			<div className="flex items-start gap-2">
				<div className="grid min-w-0 flex-1 gap-0.5">
					<p className="flex items-center gap-2 text-12">
						<SeverityMark severity={labels.severity ?? ""} isResolved={isResolved} />
						<span className="text-ink-3">
							{isResolved ? (
								`after ${formatRoughDuration(Math.max(1_000, (endsAt ?? startsAt).getTime() - startsAt.getTime()))}`
							) : (
								<>
									firing for <RoughAge from={startsAt.getTime()} />
								</>
							)}
						</span>
					</p>
					<h2 className="break-words font-semibold text-15">{alert.name}</h2>
				</div>
				<IconButton label="Close the alert" size="panel" onClick={onClose}>
					<X />
				</IconButton>
			</div>
			{text !== undefined && <p className="whitespace-pre-wrap break-words text-ink-2">{text}</p>}
			<ul aria-label="Labels" className="flex flex-wrap gap-1.5">
				{Object.entries(labels)
					.filter(([name]) => name !== "alertname")
					.map(([name, value]) => (
						<li key={name} className="min-w-0">
							<Chip mono className="max-w-full" title={`${name}=${value}`}>
								<span className="truncate">{`${name}=${value}`}</span>
							</Chip>
						</li>
					))}
			</ul>
			<p className="flex flex-wrap gap-x-4 gap-y-1 text-12">
				<Outside href={generatorUrl}>Where it comes from</Outside>
				<Outside href={externalUrl}>Alertmanager</Outside>
				<Outside href={annotations.runbook_url ?? ""}>Runbook</Outside>
			</p>
		</header>
	);
}

/** Addresses are the sender's: only those of the web are links. */
function Outside({ href, children }: { href: string; children: string }) {
	if (!/^https?:\/\//i.test(href)) return null;
	return (
		<a
			href={href}
			target="_blank"
			rel="noreferrer noopener"
			className="inline-flex items-center gap-1 text-accent hover:underline"
		>
			{children}
			<ExternalLink aria-hidden="true" className="size-3" />
		</a>
	);
}

function RunItem({ run, workflow, report, reason, dueAt }: AlertRun) {
	return (
		<li className="grid gap-2">
			<div className="flex items-center gap-3">
				<AlertRunLink run={run} workflow={workflow} />
				<span className="min-w-0 flex-1 truncate">{workflow.name}</span>
				{run && (
					<span className="text-12 text-ink-3 tabular-nums">
						<LiveDuration from={run.createdAt.getTime()} {...(run.endedAt && { to: run.endedAt.getTime() })} />
					</span>
				)}
			</div>
			{!run && (
				<p className="text-12 text-ink-3">
					{dueAt
						? `Waits for others of its group until ${formatMoment(dueAt)}.`
						: (reason ?? "It has no run any more.")}
				</p>
			)}
			{report !== null && <Report text={report} />}
		</li>
	);
}

function Report({ text }: { text: string }) {
	return (
		<section aria-label="Report" className="grid gap-1.5 rounded-2 border border-line bg-sunken p-3">
			<h4 className="flex items-center gap-1.5 text-12">
				<FileText aria-hidden="true" className="size-3.5 text-ink-3" />
				Report
			</h4>
			<p className="max-h-80 overflow-y-auto whitespace-pre-wrap break-words text-12 text-ink-2">{text}</p>
		</section>
	);
}
