"use client";

import Link from "next/link";
import { JsonTree } from "@/components/json/json-tree";
import type { Outputs } from "@/components/trpc/types";
import { formatDuration, formatMoment } from "@/components/ui/format/format-time";
import { isObject, type JsonObject } from "@/server/plan/values/json";
import { VerdictChip } from "./verdict-chip";

type Shown = NonNullable<Outputs["triggers"]["delivery"]>;

interface DeliveryDetailsProps {
	delivery: Shown;
	/** The address of the team's workflows. */
	base: string;
	/** Of its workflow. */
	slug: string;
	/** Opens another delivery of the workflow in its place. */
	onOpen: (id: string) => void;
}

/** What was received, what became of it for each workflow that it was for, and why. */
export function DeliveryDetails({ delivery, base, slug, onOpen }: DeliveryDetailsProps) {
	const { verdict, reason, run, latencyMs, request, redeliveryOf, others, sameAs } = delivery;
	return (
		<>
			<section aria-label="Verdict" className="grid gap-1.5 rounded-3 border border-line px-3 py-2.5">
				<span className="flex items-center gap-2">
					<VerdictChip verdict={verdict} />
					{run && (
						<Link href={`${base}/${slug}/runs/${run.number}`} className="font-medium text-accent hover:underline">
							Run {run.number}
						</Link>
					)}
					{latencyMs !== null && (
						<span className="ml-auto text-12 text-ink-3 tabular-nums">after {formatDuration(latencyMs)}</span>
					)}
				</span>
				{sameAs ? (
					<SameAs sameAs={sameAs} base={`${base}/${slug}`} onOpen={onOpen} />
				) : (
					reason && <p className="break-words text-ink-2">{reason}</p>
				)}
				{redeliveryOf && <p className="text-12 text-ink-3">Sent again by hand.</p>}
			</section>
			{others.length > 0 && <Others others={others} base={base} />}
			{request && <RequestDetails request={request} />}
		</>
	);
}

interface SameAsProps {
	sameAs: NonNullable<Shown["sameAs"]>;
	/** The address of its workflow. */
	base: string;
	onOpen: (id: string) => void;
}

/** Which one a duplicate is the same as. */
function SameAs({ sameAs: { id, at, run }, base, onOpen }: SameAsProps) {
	return (
		<p className="text-ink-2">
			It is the same as{" "}
			<button type="button" className="rounded-1 text-accent hover:underline" onClick={() => onOpen(id)}>
				the delivery of {formatMoment(at)}
			</button>
			{run && (
				<>
					, which started{" "}
					<Link href={`${base}/runs/${run.number}`} className="text-accent hover:underline">
						run {run.number}
					</Link>
				</>
			)}
			.
		</p>
	);
}

/** One address may start several workflows, each by its own trigger. */
function Others({ others, base }: { others: Shown["others"]; base: string }) {
	return (
		<section aria-label="Other workflows" className="grid gap-1.5">
			<h3 className="font-medium text-12 text-ink-2">The same request, for other workflows</h3>
			<ul className="grid gap-1 text-12">
				{others.map(({ id, verdict, reason, workflow, run }) => (
					<li key={id} className="flex min-w-0 flex-wrap items-center gap-2">
						<VerdictChip verdict={verdict} />
						<Link
							href={run ? `${base}/${workflow.slug}/runs/${run.number}` : `${base}/${workflow.slug}`}
							className="text-accent hover:underline"
						>
							{workflow.name}
							{run && `, run ${run.number}`}
						</Link>
						{reason && <span className="min-w-0 break-words text-ink-3">{reason}</span>}
					</li>
				))}
			</ul>
		</section>
	);
}

/** Who has sent it, and what it brought. */
export function RequestDetails({ request }: { request: JsonObject }) {
	const { method, from, size, headers, query, body, files, isLeftOut } = request;
	return (
		<>
			<p className="text-12 text-ink-3">
				{method === "EVENT" ? "Sent by" : `${String(method)} from`} {String(from)}
				{typeof size === "number" && `, ${size.toLocaleString("en-US")} bytes`}
			</p>
			{isObject(headers) && Object.keys(headers).length > 0 && <Part title="Headers" value={headers} />}
			{isObject(query) && Object.keys(query).length > 0 && <Part title="Query" value={query} />}
			{body !== undefined && body !== null && <Part title={method === "EVENT" ? "Event" : "Body"} value={body} />}
			{files !== undefined && <Part title="Files" value={files} />}
			{isLeftOut && <p className="text-12 text-ink-3">Its body was too long to be kept.</p>}
		</>
	);
}

function Part({ title, value }: { title: string; value: JsonObject[string] }) {
	return (
		<section aria-label={title} className="grid gap-1.5">
			<h3 className="font-medium text-12 text-ink-2">{title}</h3>
			<JsonTree value={value} />
		</section>
	);
}
