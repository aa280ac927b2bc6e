import type { ComponentType } from "react";
import type { FieldControl } from "@/components/ui/forms/field";
import type { ConfigPath } from "@/server/plan/edits/set-config";
import type { TextKind } from "@/server/plan/expressions/field-rules";
import type { Issue } from "@/server/plan/issue";
import type { Json } from "@/server/plan/values/json";
import type { FieldSpec } from "./describe-fields";

export interface ConfigFieldProps {
	spec: FieldSpec;
	/** Where the field's object stands in the config; the config itself by default. */
	base?: ConfigPath;
}

/** What a widget edits, whatever its kind. */
export interface WidgetProps {
	spec: FieldSpec;
	path: ConfigPath;
	/** As in an issue: `config.headers`. */
	field: string;
	value: Json | undefined;
	onChange: (value: Json | undefined) => void;
	issues: readonly Issue[];
	kind: TextKind;
	/** The place sees the steps inside a container. */
	inside: boolean;
	isBroken: (path: readonly string[]) => boolean;
	/** Makes the change that an issue suggests. */
	onFix: (issue: Issue) => void;
	control: Partial<FieldControl>;
}

/** A widget whose value has fields of its own draws them with the field that it stands in. */
export interface NestingProps extends WidgetProps {
	Field: ComponentType<ConfigFieldProps>;
}
