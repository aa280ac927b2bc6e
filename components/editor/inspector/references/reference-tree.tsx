"use client";

import { ChevronDown, ChevronRight, CircleDashed, CornerDownLeft } from "lucide-react";
import { type ReactNode, useState } from "react";
import { describeNode } from "@/components/canvas/drawing/describe-node";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { countValues } from "@/components/json/count-values";
import { cn } from "@/components/ui/class-names";
import { IconTile } from "@/components/ui/icon-tile";
import type { PlanNode } from "@/server/plan/plan";
import { useEditorStore } from "../../editor-store";
import { useInspectorUi } from "../inspector-context";
import { startReferenceDrag } from "./drag-reference";
import { LastValue } from "./last-value";
import type { ReferenceGroup } from "./list-references";
import { hasParts, partsOf, type ReferenceValue } from "./reference-values";

interface ReferenceTreeProps {
	groups: readonly ReferenceGroup[];
	/** In lower case; with one, only what contains it is shown, opened. */
	query: string;
}

export function ReferenceTree({ groups, query }: ReferenceTreeProps) {
	const found =
		query === ""
			? groups
			: groups.filter((group) => group.values.some((value) => contains(value, query, 0)) || titleHas(group, query));
	const steps = found.filter(({ step }) => step);
	const firstStep = found.findIndex(({ step }) => step);
	const before = firstStep === -1 ? found.filter(isBeforeSteps) : found.slice(0, firstStep);
	const after = found.filter((group) => !group.step && !before.includes(group));
	if (found.length === 0) return <p className="flex-1 px-3 py-3 text-12 text-ink-3">Nothing found.</p>;
	return (
		<div className="min-h-0 flex-1 overflow-y-auto px-1 pt-1 pb-3">
			{before.map((group) => (
				<Group key={group.title} title={group.title} end={group.values.length} query={query}>
					<Values values={group.values} query={query} depth={0} />
				</Group>
			))}
			{steps.length > 0 && (
				<Group title="Earlier steps" end={steps.length} query={query} startOpen>
					{steps.map(
						(group) => group.step && <Step key={group.step.id} group={group} step={group.step} query={query} />,
					)}
				</Group>
			)}
			{after.map((group) => (
				<Group key={group.title} title={group.title} end={group.values.length} query={query}>
					<Values values={group.values} query={query} depth={0} />
				</Group>
			))}
		</div>
	);
}

function isBeforeSteps({ title }: ReferenceGroup): boolean {
	return title === "Inputs" || title === "Trigger";
}

interface GroupProps {
	title: string;
	end: ReactNode;
	query: string;
	startOpen?: boolean;
	children: ReactNode;
}

function Group({ title, end, query, startOpen = false, children }: GroupProps) {
	const [isOpen, setOpen] = useState(startOpen);
	const shown = isOpen || query !== "";
	const Chevron = shown ? ChevronDown : ChevronRight;
	return (
		<section aria-label={title}>
			<button
				type="button"
				aria-expanded={shown}
				className="flex h-8 w-full items-center gap-1.5 rounded-2 px-2 text-left font-semibold text-12 hover:bg-fill"
				onClick={() => setOpen(!isOpen)}
			>
				<Chevron aria-hidden="true" className="size-3 flex-none text-ink-3" />
				{title}
				<span className="ml-auto font-normal text-11 text-ink-3">{end}</span>
			</button>
			{shown && children}
		</section>
	);
}

/** A step with what its output holds. */
function Step({ group, step, query }: { group: ReferenceGroup; step: PlanNode; query: string }) {
	const [isOpen, setOpen] = useState(false);
	const { icon, category } = describeNode(step);
	const [output] = group.values;
	const shown = isOpen || query !== "";
	const Chevron = shown ? ChevronDown : ChevronRight;
	if (!output) return null;
	return (
		<>
			<div className="group/row relative flex items-center">
				<button
					type="button"
					aria-expanded={shown}
					draggable
					onDragStart={(event) => startReferenceDrag(event, output.path)}
					className="flex h-7 w-full min-w-0 items-center gap-1.5 rounded-2 px-2 text-left font-medium hover:bg-fill"
					onClick={() => setOpen(!isOpen)}
				>
					<Chevron aria-hidden="true" className="size-3 flex-none text-ink-3" />
					<IconTile category={category} size="small">
						<NodeIcon name={icon} />
					</IconTile>
					<span className="min-w-0 truncate">{step.name}</span>
					<span className="ml-auto flex-none font-normal text-11 text-ink-3 group-focus-within/row:invisible group-hover/row:invisible">
						{group.isKnown ? countValues(output.value) : "not known yet"}
					</span>
				</button>
				<InsertButton path={output.path} />
			</div>
			{shown && !group.isKnown && <NotKnown step={step} />}
			{shown && <Values values={hasParts(output) ? partsOf(output) : []} query={query} depth={1} />}
		</>
	);
}

/** How to get to see what a step puts out. */
function NotKnown({ step }: { step: PlanNode }) {
	const store = useEditorStore();
	const openTab = useInspectorUi((state) => state.openTab);
	const tryIt = () => {
		store.getState().select({ nodes: [step.id] });
		openTab("try");
	};
	return (
		<p className="mr-1 mb-1 ml-6.5 flex gap-1.5 rounded-2 border border-line-strong border-dashed px-2 py-1.5 text-12 text-ink-3">
			<CircleDashed aria-hidden="true" className="mt-px size-3.5 flex-none" />
			<span>
				No run has shown its output.{" "}
				<button type="button" className="text-accent hover:underline" onClick={tryIt}>
					Try this step
				</button>{" "}
				to see it.
			</span>
		</p>
	);
}

interface ValuesProps {
	values: readonly ReferenceValue[];
	query: string;
	depth: number;
}

const MANY = 50;

function Values({ values, query, depth }: ValuesProps) {
	const [isWhole, setWhole] = useState(false);
	const found = query === "" ? values : values.filter((value) => contains(value, query, depth));
	const shown = isWhole ? found : found.slice(0, MANY);
	return (
		<>
			{shown.map((value) => (
				<Value key={value.name} value={value} query={query} depth={depth} />
			))}
			{shown.length < found.length && (
				<button
					type="button"
					style={indent(depth)}
					className="h-6 text-left text-11 text-accent hover:underline"
					onClick={() => setWhole(true)}
				>
					{found.length - shown.length} more
				</button>
			)}
		</>
	);
}

function Value({ value, query, depth }: { value: ReferenceValue; query: string; depth: number }) {
	const [isOpen, setOpen] = useState(false);
	const opens = hasParts(value);
	const shown = opens && (isOpen || (query !== "" && !nameHas(value, query)));
	const Chevron = shown ? ChevronDown : ChevronRight;
	return (
		<>
			<div className="group/row relative">
				<button
					type="button"
					aria-expanded={opens ? shown : undefined}
					draggable
					onDragStart={(event) => startReferenceDrag(event, value.path)}
					title={value.label}
					style={indent(depth)}
					className="flex h-6 w-full min-w-0 items-center gap-1 whitespace-nowrap rounded-2 pr-2 text-left font-mono text-11 [font-variant-ligatures:none] focus-within:bg-fill group-focus-within/row:pr-19 group-hover/row:bg-fill group-hover/row:pr-19"
					onClick={() => opens && setOpen(!isOpen)}
				>
					<Chevron aria-hidden="true" className={cn("-ml-4 size-3 flex-none text-ink-3", !opens && "invisible")} />
					<span className="min-w-0 truncate">
						<span className="text-(--code-key)">{value.name}</span>
						<span className="text-ink-3">: </span>
						{value.value === undefined ? (
							<span className="text-(--code-keyword)">{value.type === "any" ? "any value" : value.type}</span>
						) : (
							<LastValue value={value.value} />
						)}
					</span>
				</button>
				<InsertButton path={value.path} />
			</div>
			{shown && <Values values={partsOf(value)} query={query} depth={depth + 1} />}
		</>
	);
}

function InsertButton({ path }: { path: readonly string[] }) {
	const target = useInspectorUi((state) => state.target);
	if (!target) return null;
	return (
		<button
			type="button"
			aria-label={`Insert ${path.join(".")} into ${target.label}`}
			// The field keeps its caret.
			onMouseDown={(event) => event.preventDefault()}
			onClick={() => target.insert(path)}
			className="absolute top-1/2 right-0.5 hidden h-5 -translate-y-1/2 items-center gap-1 rounded-1 border border-accent-line bg-accent-soft px-1.5 font-medium text-11 text-accent hover:border-accent group-focus-within/row:inline-flex group-hover/row:inline-flex"
		>
			<CornerDownLeft aria-hidden="true" className="size-3" />
			Insert
		</button>
	);
}

function indent(depth: number) {
	return { paddingLeft: 26 + depth * 12 };
}

const SEARCH_DEPTH = 4;

function contains(value: ReferenceValue, query: string, depth: number): boolean {
	if (nameHas(value, query)) return true;
	return depth < SEARCH_DEPTH && partsOf(value).some((part) => contains(part, query, depth + 1));
}

function nameHas({ path, label = "" }: ReferenceValue, query: string): boolean {
	return path.join(".").toLowerCase().includes(query) || label.toLowerCase().includes(query);
}

function titleHas({ title }: ReferenceGroup, query: string): boolean {
	return title.toLowerCase().includes(query);
}
