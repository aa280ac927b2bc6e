"use client";

import { catalog } from "@/server/nodes/catalog";
import { setConfig } from "@/server/plan/edits/set-config";
import type { JsonObject } from "@/server/plan/json";
import { useEditorStore } from "../../editor-store";
import { useNode, useNodeId } from "../node-fields";
import {
	conditionAsExpression,
	conditionAsRules,
	hasExpressions,
	switchAsExpressions,
	switchAsValue,
} from "./rule-forms";

interface OtherForm {
	label: string;
	/** The config in the other form; nothing where that cannot say it. */
	turn: (config: JsonObject) => JsonObject | undefined;
}

/** Below which field of which step another way to write the same is offered. */
const OTHER_FORMS: Readonly<Record<string, (config: JsonObject) => OtherForm>> = {
	"condition.rules": () => ({ label: "Write as expression", turn: conditionAsExpression }),
	"condition.when": () => ({ label: "Build from fields", turn: conditionAsRules }),
	"switch.cases": (config) =>
		hasExpressions(config)
			? { label: "Compare one value instead", turn: switchAsValue }
			: { label: "Write expressions instead", turn: switchAsExpressions },
};

/** Leads to the other way to write what a field says, where that can say it. */
export function FormSwitch({ name }: { name: string }) {
	const id = useNodeId();
	const store = useEditorStore();
	const label = useNode(({ type, config }) => {
		const form = OTHER_FORMS[`${type}.${name}`]?.(config);
		return form?.turn(config) ? form.label : undefined;
	}, undefined);
	if (label === undefined) return null;
	const turn = () => {
		const node = store.getState().plan.nodes.find((each) => each.id === id);
		const turned = node && OTHER_FORMS[`${node.type}.${name}`]?.(node.config).turn(node.config);
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
