import { Minus, Plus, Undo2 } from "lucide-react";
import { describeNode } from "@/components/canvas/drawing/describe-node";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { IconTile } from "@/components/ui/icon-tile";
import { PanelHead } from "@/components/ui/panel-head";
import type { FieldChange } from "@/server/plan/merge/diff-plan";
import type { Plan, PlanNode } from "@/server/plan/plan";
import { formatValue, planFieldLabel, stepFieldLabel } from "./field-text";
import type { PlanChange } from "./list-changes";
import { StepButtons } from "./step-buttons";

interface ChangeDetailsProps {
	change: PlanChange;
	before: Plan;
	after: Plan;
	onStep: (by: 1 | -1) => void;
	/** Undefined where what changed cannot be taken back any more. */
	onUndo?: () => void;
}

/** One change, field by field: what stood there, and what stands there now. */
export function ChangeDetails({ change, before, after, onStep, onUndo }: ChangeDetailsProps) {
	const node = nodeOf(change, after) ?? nodeOf(change, before);
	const fields = change.of === "node" && change.fields.length === 0 ? allFields(change, before, after) : change.fields;
	return (
		<aside
			aria-label="Change"
			className="flex min-h-0 min-w-0 flex-col border-line border-l bg-panel phone:border-t phone:border-l-0"
		>
			<Head change={change} node={node} onStep={onStep} />
			<div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto border-line border-t px-4 py-3.5">
				{fields.length === 0 && <p className="text-ink-2">{change.detail}.</p>}
				{fields.map((field) => (
					<Field
						key={field.field}
						label={change.of === "node" ? stepFieldLabel(node?.type ?? "", field.field) : planFieldLabel(field.field)}
						field={field}
					/>
				))}
			</div>
			{onUndo && (
				<footer className="flex h-11 flex-none items-center justify-end border-line border-t bg-page px-4">
					<Button onClick={onUndo}>
						<Undo2 />
						Undo this change
					</Button>
				</footer>
			)}
		</aside>
	);
}

function nodeOf({ of, id }: PlanChange, { nodes }: Plan): PlanNode | undefined {
	return of === "node" ? nodes.find((node) => node.id === id) : undefined;
}

/** Of a step that came or went all that it says is new, or gone. */
function allFields(change: PlanChange, before: Plan, after: Plan): FieldChange[] {
	const node = nodeOf(change, change.kind === "added" ? after : before);
	return Object.entries(node?.config ?? {}).map(([key, value]) => ({
		field: `config.${key}`,
		before: change.kind === "added" ? undefined : value,
		after: change.kind === "added" ? value : undefined,
	}));
}

interface HeadProps {
	change: PlanChange;
	node: PlanNode | undefined;
	onStep: (by: 1 | -1) => void;
}

function Head({ change, node, onStep }: HeadProps) {
	const look = node && describeNode(node);
	const icon = look && (
		<IconTile category={look.category}>
			<NodeIcon name={look.icon} />
		</IconTile>
	);
	return (
		<PanelHead icon={icon} title={change.title} caption={node && look && `${node.id} · ${look.type}`}>
			<StepButtons of="change" onStep={onStep} />
		</PanelHead>
	);
}

function Field({ label, field: { field, before, after } }: { label: string; field: FieldChange }) {
	return (
		<section>
			<h3 className="mb-1.5 font-medium text-12 text-ink-2">{label}</h3>
			{before !== undefined && <Value kind="removed" text={asText(before, field)} />}
			{after !== undefined && <Value kind="added" text={asText(after, field)} />}
		</section>
	);
}

/** Texts keep their lines; everything else is said in a few words, or as JSON where it has parts. */
function asText(value: unknown, field: string): string {
	if (typeof value === "string" && value.trim() !== "") return value;
	if (typeof value === "object" && value !== null) return JSON.stringify(value, null, 2);
	return formatValue(value, field);
}

function Value({ kind, text }: { kind: "added" | "removed"; text: string }) {
	const Icon = kind === "added" ? Plus : Minus;
	return (
		<div
			className={cn(
				"flex min-h-7 items-start gap-2 rounded-1 px-2.5 py-1.5 font-mono text-12 leading-4 [&+&]:mt-0.5 [font-variant-ligatures:none]",
				kind === "added" ? "bg-(--added-soft) text-(--added)" : "bg-(--removed-soft) text-(--removed)",
			)}
		>
			<Icon aria-label={kind === "added" ? "Now" : "Before"} className="mt-0.5 size-3 flex-none" strokeWidth={2.25} />
			<span className="max-h-60 min-w-0 overflow-y-auto whitespace-pre-wrap break-words">{text}</span>
		</div>
	);
}
