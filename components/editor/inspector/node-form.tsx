"use client";

import { Ban, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { PanelSection } from "@/components/ui/panel-section";
import { countOf } from "@/server/nodes/summary-text";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import { useEditorStore } from "../editor-store";
import { FailureSection } from "./failure-section";
import { arrangeFields, isFieldShown, isFieldWanted } from "./fields/arrange-fields";
import { ConfigField } from "./fields/config-field";
import { describeFields, type FieldSpec } from "./fields/describe-fields";
import { FieldIssues } from "./fields/field-issues";
import { useDefinition, useNode, useNodeId, useOtherIssues } from "./node-fields";
import { StartSection } from "./start-section";
import { UnknownFields } from "./unknown-fields";
import { useStable } from "./use-stable";

/** The form of a step, made from the schema of its type. */
export function NodeForm() {
	const definition = useDefinition();
	const fields = useShownFields();
	const main = fields.filter(({ advanced }) => !advanced);
	const more = fields.filter(({ advanced }) => advanced);
	const shown = useMemo(() => [...fields.map(({ key }) => `config.${key}`), ...FAILURE_FIELDS], [fields]);
	return (
		<>
			<div data-form="" className="grid gap-3 px-4 pt-3 pb-4">
				<DisabledNote />
				<OtherIssues shown={shown} />
				{definition ? <FieldRows fields={main} /> : <UnknownType />}
				<UnknownFields />
			</div>
			{more.length > 0 && (
				<PanelSection title="More" startOpen={false} end={countOf(more.length, "setting")}>
					<div className="grid gap-3 px-4 pb-4">
						<FieldRows fields={more} />
					</div>
				</PanelSection>
			)}
			<FailureSection />
			<StartSection />
		</>
	);
}

const FAILURE_FIELDS = ["retry", "timeoutSeconds", "onFailure"];

/** The fields that mean something as the config stands: another list only when one comes, goes or becomes required. */
function useShownFields(): readonly FieldSpec[] {
	const id = useNodeId();
	const definition = useDefinition();
	const all = definition ? describeFields(definition.config) : NO_FIELDS;
	const keys = useStable(({ plan }) => {
		const node = plan.nodes.find((each) => each.id === id);
		return node ? all.flatMap((field) => (isFieldShown(field, node.config) ? [field.key] : [])) : [];
	});
	const wanted = useStable(({ plan }) => {
		const node = plan.nodes.find((each) => each.id === id);
		return node ? all.flatMap((field) => (isFieldWanted(field, node.config) ? [field.key] : [])) : [];
	});
	return useMemo(() => {
		const shown = all.filter(({ key }) => keys.includes(key));
		return shown.map((field) => (wanted.includes(field.key) ? { ...field, optional: false } : field));
	}, [all, keys, wanted]);
}

const NO_FIELDS: readonly FieldSpec[] = [];

function FieldRows({ fields }: { fields: readonly FieldSpec[] }) {
	return arrangeFields(fields).map((row) =>
		row.length === 1 ? (
			row.map((spec) => <ConfigField key={spec.key} spec={spec} />)
		) : (
			<div key={row.map(({ key }) => key).join(" ")} className="grid grid-cols-2 gap-2 phone:grid-cols-1">
				{row.map((spec) => (
					<ConfigField key={spec.key} spec={spec} />
				))}
			</div>
		),
	);
}

/** What is wrong with the step as a whole: its connections, its place, its type. */
function OtherIssues({ shown }: { shown: readonly string[] }) {
	const issues = useOtherIssues(shown).filter(({ field }) => !field?.startsWith("config."));
	return issues.length > 0 && <div className="grid gap-1.5">{<FieldIssues issues={issues} />}</div>;
}

function DisabledNote() {
	const id = useNodeId();
	const store = useEditorStore();
	const isDisabled = useNode((node) => node.disabled === true, false);
	if (!isDisabled) return null;
	return (
		<div className="flex items-center gap-2 rounded-2 border border-line bg-page py-1.5 pr-1.5 pl-2.5 text-12 text-ink-2">
			<Ban aria-hidden="true" className="size-3.5 flex-none" />
			<span className="flex-1">Disabled: runs skip it.</span>
			<Button
				onClick={() => store.getState().apply("Enable", (plan) => setNodeFields(plan, [id], { disabled: false }))}
			>
				Enable
			</Button>
		</div>
	);
}

function UnknownType() {
	return (
		<p className="flex gap-2 text-12 text-ink-2">
			<TriangleAlert aria-hidden="true" className="mt-px size-3.5 flex-none text-retrying" />
			This version of Weft does not know this type of step. What was written in it is kept.
		</p>
	);
}
