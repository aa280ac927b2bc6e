"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { listVariables, type PromptVariable } from "@/server/plan/prompts/prompt-variables";
import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import { parsePromptFile } from "@/server/plan/yaml/prompt-file";
import { CodeField } from "../code/code-field";
import { FieldFrame } from "../fields/field-frame";
import type { WidgetProps } from "../fields/field-props";
import { useInspector } from "../inspector-context";
import { isWithin, useConfigValue } from "../node-fields";
import { LastResultLine } from "../references/last-result-line";
import { usePromptLibrary } from "../use-prompt-library";
import { JsonWidget } from "./json-widget";
import { KeyValueWidget } from "./key-value-widget";

/** A field for each variable of the prompt that the step uses, in which references may stand. */
export function PromptVariablesWidget(props: WidgetProps) {
	const { value, onChange } = props;
	const variables = useAskedVariables();
	if (!variables || (value !== undefined && !isObject(value))) return <KeyValueWidget {...props} onlyText={false} />;
	const given = isObject(value) ? value : {};
	const strange = Object.keys(given).filter((name) => !variables.some((variable) => variable.name === name));
	const write = (name: string, next: Json | undefined) => onChange(withValue(given, name, next));
	return (
		<div className="grid gap-3">
			{variables.map((variable) => (
				<VariableField
					key={variable.name}
					{...props}
					variable={variable}
					value={given[variable.name]}
					onChange={(next) => write(variable.name, next)}
				/>
			))}
			{strange.map((name) => (
				<div key={name} className="flex flex-wrap items-center gap-2 text-12 text-failed">
					{`The prompt has no variable ${name}.`}
					<Button size="bar" onClick={() => write(name, undefined)}>{`Remove ${name}`}</Button>
				</div>
			))}
			{variables.length === 0 && <p className="text-12 text-ink-3">This prompt has no variables.</p>}
		</div>
	);
}

/** What is emptied is left out, so that its default holds. */
function withValue(given: JsonObject, name: string, value: Json | undefined): JsonObject {
	const { [name]: _, ...others } = given;
	return value === undefined || value === "" ? others : { ...given, [name]: value };
}

function VariableField({ variable, ...props }: WidgetProps & { variable: PromptVariable }) {
	const { name, type, isRequired, description, fallback } = variable;
	const { field, value, kind, inside, isBroken, onChange, onFix } = props;
	const issues = props.issues.filter((issue) => isWithin(issue.field, `${field}.${name}`));
	const isText = type === "string" && (value === undefined || typeof value === "string");
	const placeholder = fallback === undefined ? undefined : JSON.stringify(fallback);
	return (
		<div className="min-w-0">
			<FieldFrame
				label={name}
				hint={<span>{isRequired ? type : `${type}, optional`}</span>}
				help={description}
				issues={issues}
				onFix={onFix}
				required={isRequired}
			>
				{(control) =>
					isText ? (
						<CodeField
							value={typeof value === "string" ? value : ""}
							onChange={onChange}
							language="words"
							size="line"
							label={name}
							{...{ kind, inside, isBroken, control, placeholder }}
						/>
					) : (
						<JsonWidget
							{...props}
							spec={{ ...props.spec, label: name, ...(placeholder && { placeholder }) }}
							{...{ control }}
						/>
					)
				}
			</FieldFrame>
			<LastResultLine value={value} kind={kind} inside={inside} className="mt-1" />
		</div>
	);
}

/** Of the version that the step uses; undefined while they are not known. */
function useAskedVariables(): PromptVariable[] | undefined {
	const { team } = useInspector();
	const [name, version] = [useConfigValue(["promptName"]), useConfigValue(["promptVersion"])];
	const prompt = usePromptLibrary().find(typeof name === "string" ? name : "");
	const isEarlier = typeof version === "number" && prompt !== undefined && version < prompt.version;
	const earlier = useQuery({
		...useTRPC().prompts.get.queryOptions(
			{ team, prompt: prompt?.name ?? "", version: Number(version) },
			{ retry: false, staleTime: Number.POSITIVE_INFINITY },
		),
		enabled: isEarlier,
		meta: { ownError: true },
	});
	if (!prompt) return undefined;
	if (!isEarlier) return listVariables(prompt.variables);
	const read = earlier.data && parsePromptFile(earlier.data.shown.text).prompt;
	return read && listVariables(read.variables);
}
