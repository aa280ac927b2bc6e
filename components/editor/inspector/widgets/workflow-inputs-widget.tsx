"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import type { FormField } from "@/server/plan/form-field";
import { isObject } from "@/server/plan/values/json";
import type { WidgetProps } from "../fields/field-props";
import { useInspector } from "../inspector-context";
import { useConfigValue } from "../node-fields";
import { KeyValueWidget } from "./key-value-widget";

/** The values of another workflow's form: those that it asks for are offered by name. */
export function WorkflowInputsWidget(props: WidgetProps) {
	const { value, onChange } = props;
	const asked = useAskedInputs();
	const given = isObject(value) ? value : {};
	const missing = asked?.filter(({ name }) => !Object.hasOwn(given, name)) ?? [];
	return (
		<div className="grid gap-2">
			<KeyValueWidget {...props} onlyText={false} />
			{missing.length > 0 && (
				<div className="flex flex-wrap gap-1.5">
					{missing.map((field) => (
						<Button
							key={field.name}
							size="bar"
							onClick={() => onChange({ ...given, [field.name]: "default" in field ? (field.default ?? "") : "" })}
						>
							<Plus />
							{nameOf(field)}
						</Button>
					))}
				</div>
			)}
			{asked?.length === 0 && <p className="text-12 text-ink-3">That workflow asks for nothing when it starts.</p>}
		</div>
	);
}

function nameOf({ name, label, required }: FormField): string {
	return `${label ?? name}${required ? ", required" : ""}`;
}

/** The form of the workflow that the step names; undefined while it is not known. */
function useAskedInputs(): readonly FormField[] | undefined {
	const { team } = useInspector();
	const slug = useConfigValue(["workflow"]);
	const named = typeof slug === "string" ? slug : "";
	const workflow = useQuery({
		...useTRPC().workflows.get.queryOptions({ team, slug: named }, { retry: false }),
		enabled: named !== "",
		meta: { ownError: true },
	});
	return workflow.data?.plan.inputs;
}
