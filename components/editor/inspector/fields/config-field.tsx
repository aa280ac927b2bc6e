"use client";

import { Braces } from "lucide-react";
import { type DragEvent, memo, useMemo } from "react";
import { useMailProblem } from "@/components/shell/use-mail-problem";
import { cn } from "@/components/ui/class-names";
import type { ConfigPath } from "@/server/plan/edits/set-config";
import type { TextKind } from "@/server/plan/expressions/field-rules";
import { writeReference } from "@/server/plan/expressions/write-reference";
import type { Issue } from "@/server/plan/issue";
import type { ShownAs } from "@/server/plan/node-definition";
import { isObject, type Json } from "@/server/plan/values/json";
import { CredentialPicker } from "../credentials/credential-picker";
import { useInspectorUi } from "../inspector-context";
import {
	isWithin,
	jsonAt,
	readPlace,
	useConfigValue,
	useDefinition,
	useFieldIssues,
	useNodeId,
	useWriteConfig,
} from "../node-fields";
import { droppedReference, isReferenceDrag } from "../references/drag-reference";
import { applySuggestion, isAbout } from "../references/fix-reference";
import { LastResultLine } from "../references/last-result-line";
import { FormSwitch } from "../rules/form-switch";
import { useStable } from "../use-stable";
import { FieldWidget } from "../widgets/field-widget";
import type { FieldSpec } from "./describe-fields";
import { FieldFrame } from "./field-frame";
import { FieldIssues } from "./field-issues";
import type { ConfigFieldProps } from "./field-props";

const AT_TOP: ConfigPath = [];

/** One field of a step's config with its label, its widget and its problems. */
export const ConfigField = memo(function ConfigField({ spec: written, base = AT_TOP }: ConfigFieldProps) {
	const field = useField(written, base);
	const { spec, issues, onFix } = field;
	const mailIssues = useMailIssues(spec, field);
	if (spec.widget === "switch" && typeof field.value !== "string") {
		return (
			<div className="grid gap-1" {...field.drop}>
				<FieldWidget {...field} control={{}} Field={ConfigField} />
				<FieldIssues issues={issues} onFix={onFix} />
			</div>
		);
	}
	// Problems of a nested field are shown at that field.
	const own = (PARTED.has(spec.widget) ? issues.filter((issue) => issue.field === field.field) : issues).map((issue) =>
		withoutLabel(issue, spec.label),
	);
	return (
		<div className="min-w-0" {...field.drop}>
			<FieldFrame
				label={spec.label}
				hint={<Hint spec={spec} kind={field.kind} />}
				help={spec.help}
				issues={[...own, ...mailIssues]}
				onFix={onFix}
				required={!spec.optional && spec.fallback === undefined}
				group={PARTED.has(spec.widget) || (spec.widget === "choices" && typeof field.value !== "string")}
			>
				{(control) => <FieldWidget {...field} control={control} Field={ConfigField} />}
			</FieldFrame>
			{!PARTED.has(spec.widget) && (
				<LastResultLine value={field.value} kind={field.kind} inside={field.inside} className="mt-1" />
			)}
			{base.length === 0 && spec.credential && <CredentialPicker spec={spec} value={field.value} />}
			{base.length === 0 && spec.otherForm && <FormSwitch form={spec.otherForm} />}
		</div>
	);
});

function useMailIssues({ mails }: FieldSpec, { value, field }: { value: Json | undefined; field: string }): Issue[] {
	const isFilled = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "";
	const message = useMailProblem(mails, isFilled);
	return message === undefined ? [] : [{ severity: "warning", field, code: "no_mail", message }];
}

/** `When (column 28): …` stands under When already. */
function withoutLabel(issue: Issue, label: string): Issue {
	const [, place, rest] = /^ \(((?:line \d+, )?column \d+)\): (.*)$/s.exec(issue.message.slice(label.length)) ?? [];
	if (place === undefined || !issue.message.startsWith(label)) return issue;
	return { ...issue, message: `${place.charAt(0).toUpperCase()}${place.slice(1)}: ${rest}` };
}

const PARTED: ReadonlySet<FieldSpec["widget"]> = new Set([
	"list",
	"group-list",
	"key-value",
	"workflow-inputs",
	"prompt-variables",
	"rules",
	"json-schema",
	"form-fields",
]);

/** Widgets that cannot hold a reference among other text take a dropped one as their whole value. */
const WHOLE: ReadonlySet<FieldSpec["widget"]> = new Set(["select", "choices", "switch", "prompt"]);

function useField(written: FieldSpec, base: ConfigPath) {
	const spec = useShownSpec(written, base);
	const path = useMemo(() => [...base, spec.key], [base, spec.key]);
	const field = `config.${path.join(".")}`;
	const value = useConfigValue(path);
	const onChange = useWriteConfig(path, spec.label);
	const issues = useFieldIssues(field);
	const place = readPlace(useDefinition(), spec.text);
	const isBroken = useMemo(() => findBroken(issues), [issues]);
	const onFix = (issue: Issue) => {
		const fixed = mapText(value, { field, wanted: issue.field }, (text) => applySuggestion(text, place.kind, issue));
		if (fixed !== undefined) onChange(fixed);
	};
	const drop = WHOLE.has(spec.widget) ? dropWhole((path) => onChange(writeReference(path, "braces"))) : {};
	return { spec, path, field, value, onChange, issues, isBroken, onFix, drop, ...place };
}

const AS_IT_IS: ShownAs = {};

/** The field as it is shown beside the values of its form. */
function useShownSpec(spec: FieldSpec, base: ConfigPath): FieldSpec {
	const { shownAs } = spec;
	const id = useNodeId();
	const shown = useStable(({ plan }) => {
		if (shownAs === undefined) return AS_IT_IS;
		const values = jsonAt(plan.nodes.find((node) => node.id === id)?.config ?? {}, base);
		return shownAs(isObject(values) ? values : {});
	});
	return useMemo(() => {
		const { widget, ...texts } = shown;
		return widget === undefined ? { ...spec, ...texts } : { ...spec, ...texts, widget };
	}, [spec, shown]);
}

/** The problems of references, by the path that each is about. */
export function findBroken(issues: readonly Issue[]): (path: readonly string[]) => boolean {
	return (path) => issues.some((issue) => isAbout(issue, { path }));
}

/** Changes the one text inside a value that an issue is about. */
function mapText(
	value: Json | undefined,
	{ field, wanted }: { field: string; wanted: string | undefined },
	change: (text: string) => string | undefined,
): Json | undefined {
	if (typeof value === "string") return field === wanted ? change(value) : value;
	if (typeof value !== "object" || value === null || !isWithin(wanted, field)) return value;
	const step = (key: string, part: Json) => mapText(part, { field: `${field}.${key}`, wanted }, change) ?? part;
	if (Array.isArray(value)) return value.map((part, index) => step(String(index), part));
	return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, step(key, part)]));
}

function dropWhole(write: (path: readonly string[]) => void) {
	return {
		onDragOver: (event: DragEvent) => isReferenceDrag(event.dataTransfer) && event.preventDefault(),
		onDrop: (event: DragEvent) => {
			const path = droppedReference(event.dataTransfer);
			if (!path) return;
			event.preventDefault();
			write(path);
		},
	};
}

/** At the right of the label: what language it is, and the way to the references. */
function Hint({ spec, kind }: { spec: FieldSpec; kind: TextKind }) {
	const language = LANGUAGE_NAMES[spec.widget];
	return (
		<>
			{kind !== "code" && !WHOLE.has(spec.widget) && <ReferencesLink />}
			{language && <span>{language}</span>}
			{spec.optional && !language && spec.widget !== "rules" && (
				<span className="group-focus-within/field:hidden">optional</span>
			)}
		</>
	);
}

const LANGUAGE_NAMES: Partial<Record<FieldSpec["widget"], string>> = {
	cel: "CEL",
	"json-schema": "JSON schema",
	json: "JSON or text",
};

/** Opens the tree of values beside the form. In sight while its field is being edited. */
export function ReferencesLink() {
	const isPicking = useInspectorUi((state) => state.isPicking);
	const setPicking = useInspectorUi((state) => state.setPicking);
	return (
		<button
			type="button"
			aria-pressed={isPicking}
			// The field keeps the focus: a value that is picked goes into it.
			onMouseDown={(event) => event.preventDefault()}
			onClick={() => setPicking(!isPicking)}
			className={cn(
				"inline-flex items-center gap-1 rounded-1 text-12 text-accent hover:underline phone:hidden",
				"opacity-0 focus-visible:opacity-100 group-focus-within/field:opacity-100 group-hover/field:opacity-100",
			)}
		>
			<Braces aria-hidden="true" className="size-[13px]" />
			References
		</button>
	);
}
