"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { FieldError } from "@/components/ui/forms/field";
import { IconButton } from "@/components/ui/icon-button";
import { IconTile } from "@/components/ui/icon-tile";
import { countOf, summarizeSeconds } from "@/server/nodes/summary-text";
import type { Issue } from "@/server/plan/issue";
import type { PlanNode } from "@/server/plan/plan";
import type { NodeLayout } from "../canvas/drawing/lay-out-plan";
import { NodeIcon } from "../canvas/nodes/node-icon";
import { PanelHead } from "../ui/panel-head";
import { PanelSection } from "../ui/panel-section";
import { ConfigValue } from "./config-value";
import { type ConfigEntry, readConfig } from "./read-config";

interface InspectorProps {
	nodeLayout: NodeLayout;
	/** The problems of this node. */
	issues: readonly Issue[];
	onClose: () => void;
}

/** A step's settings, read-only, as its type's schema describes them. */
export function Inspector({ nodeLayout, issues, onClose }: InspectorProps) {
	const { node, look } = nodeLayout;
	const entries = readConfig(node);
	const main = entries.filter((entry) => !entry.advanced);
	const more = entries.filter((entry) => entry.advanced);
	const shown = new Set(entries.map((entry) => entry.key));
	const others = issues.filter((issue) => !shown.has(configKey(issue)));
	return (
		<div className="flex h-full flex-col overflow-y-auto">
			<PanelHead
				icon={
					<IconTile category={look.category}>
						<NodeIcon name={look.icon} />
					</IconTile>
				}
				title={look.title}
				caption={`${node.id} · ${look.type}`}
			>
				<IconButton label="Close" size="panel" onClick={onClose}>
					<X />
				</IconButton>
			</PanelHead>
			<dl className="grid gap-3 px-4 pb-4">
				{others.map((issue) => (
					<FieldError key={issue.message}>{issue.message}</FieldError>
				))}
				{main.map((entry) => (
					<Setting key={entry.key} entry={entry} issues={issues} />
				))}
			</dl>
			<FailureSection node={node} />
			{more.length > 0 && (
				<PanelSection title="More" startOpen={false}>
					<dl className="grid gap-3 px-4 pb-4">
						{more.map((entry) => (
							<Setting key={entry.key} entry={entry} issues={issues} />
						))}
					</dl>
				</PanelSection>
			)}
		</div>
	);
}

function configKey(issue: Issue): string {
	const [root, key = ""] = issue.field?.split(".") ?? [];
	return root === "config" ? key : "";
}

function Setting({ entry, issues }: { entry: ConfigEntry; issues: readonly Issue[] }) {
	const own = issues.filter((issue) => configKey(issue) === entry.key);
	return (
		<Row label={entry.label} title={entry.help}>
			<ConfigValue entry={entry} />
			{own.map((issue) => (
				<FieldError key={issue.message}>{issue.message}</FieldError>
			))}
		</Row>
	);
}

function Row({ label, title, children }: { label: string; title?: string; children: ReactNode }) {
	return (
		<div className="grid min-w-0 gap-1">
			<dt className="font-medium text-12 text-ink-2" title={title}>
				{label}
			</dt>
			<dd className="grid min-w-0 gap-1">{children}</dd>
		</div>
	);
}

const FAILURE_WORDS = {
	stop: "The run stops",
	continue: "The run goes on",
	branch: "The run takes the error branch",
} satisfies Record<PlanNode["onFailure"], string>;

/** Attempts, waits, limits and what follows a failure. */
function FailureSection({ node }: { node: PlanNode }) {
	const { retry, timeoutSeconds, onFailure } = node;
	return (
		<PanelSection title="When it fails" end={retry ? countOf(retry.maxAttempts, "attempt") : "one attempt"}>
			<dl className="grid grid-cols-2 gap-3 px-4 pb-4">
				{retry && (
					<>
						<Fact name="Backoff">{retry.backoff}</Fact>
						<Fact name="First wait">{summarizeSeconds(retry.delaySeconds)}</Fact>
						{retry.maxDelaySeconds !== undefined && (
							<Fact name="Longest wait">{summarizeSeconds(retry.maxDelaySeconds)}</Fact>
						)}
					</>
				)}
				<Fact name="Timeout">{timeoutSeconds === undefined ? "none" : summarizeSeconds(timeoutSeconds)}</Fact>
				<Fact name="Then">{FAILURE_WORDS[onFailure]}</Fact>
				{node.join === "any" && <Fact name="Starts">when the first connection arrives</Fact>}
				{node.disabled && <Fact name="Disabled">passed through</Fact>}
			</dl>
		</PanelSection>
	);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div>
			<dt className="font-medium text-12 text-ink-3">{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}
