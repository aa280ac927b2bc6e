"use client";

import { catalog } from "@/server/nodes/catalog";
import { setConfig } from "@/server/plan/edits/set-config";
import { hasExpressions } from "@/server/plan/expressions/rules";
import type { JsonObject } from "@/server/plan/values/json";
import { useEditorStore } from "../../editor-store";
import type { FieldSpec } from "../fields/describe-fields";
import { useNode, useNodeId } from "../node-fields";
import { conditionAsExpression, conditionAsRules, switchAsExpressions, switchAsValue } from "./rule-forms";

interface OtherForm {
	label: string;
	/** The config in the other form; undefined where that cannot say it. */
	turn: (config: JsonObject) => JsonObject | undefined;
}

/** By what a field's schema says of its other form. */
const OTHER_FORMS: Readonly<Record<NonNullable<FieldSpec["otherForm"]>, (config: JsonObject) => OtherForm>> = {
	expression: () => ({ label: "Write as expression", turn: conditionAsExpression }),
	rules: () => ({ label: "Build from fields", turn: conditionAsRules }),
	cases: ({ cases }) =>
		hasExpressions(cases)
			? { label: "Compare one value instead", turn: switchAsValue }
			: { label: "Write expressions instead", turn: switchAsExpressions },
};

/** Leads to the other way to write what a field says, where that can say it. */
export function FormSwitch({ form }: { form: NonNullable<FieldSpec["otherForm"]> }) {
	const id = useNodeId();
	const store = useEditorStore();
	const label = useNode(({ config }) => {
		const other = OTHER_FORMS[form](config);
		return other.turn(config) ? other.label : undefined;
	}, undefined);
	if (label === undefined) return null;
	const turn = () => {
		const node = store.getState().plan.nodes.find((each) => each.id === id);
		const turned = node && OTHER_FORMS[form](node.config).turn(node.config);
		if (turned) store.getState().apply(label, (plan) => setConfig(plan, { id, config: turned }, catalog));
	};
	return (
		<button
			type="button"
			className="mt-1.5 justify-self-start text-12 text-accent hover:underline phone:min-h-11"
			onClick={turn}
		>
			{label}
		</button>
	);
}
