import type { AuditAction } from "@/server/teams/audit-action";
import type { Outputs } from "../trpc/types";

export type AuditEntry = Outputs["audit"]["list"]["items"][number];

/** An action as a choice of a filter: `run.role_changed` as “Run: role changed”. */
export function actionLabel(action: AuditAction): string {
	const [noun = "", verb = ""] = action.replaceAll(/[-_]/g, " ").split(".");
	return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}: ${verb}`;
}

/** What was acted on, in words. */
export function targetName({ workflow, runNumber, after, detail, targetType, actor }: AuditEntry): string {
	const number = runNumber ?? textOf(detail.number);
	if (workflow) {
		const version = textOf(after?.version);
		return [workflow.name, number, version && `v${version}`].filter(Boolean).join(" ");
	}
	const name = textOf(detail.name) || textOf(detail.slug) || textOf(detail.email);
	return targetType === "member" && "name" in actor && actor.name === name ? "" : name;
}

/** What was changed to what, or what else is known of it: `role: viewer → operator`. */
export function describeChange({ before, after, detail }: AuditEntry): string {
	if (before && after) {
		const changed = Object.keys({ ...before, ...after }).filter((key) => textOf(before[key]) !== textOf(after[key]));
		return changed
			.map((key) => `${key}: ${textOf(before[key]) || "none"} → ${textOf(after[key]) || "none"}`)
			.join(", ");
	}
	if (typeof detail.note === "string" && detail.note !== "") return `“${detail.note}”`;
	if (Array.isArray(detail.edited))
		return `${textOf(detail.node)}: ${detail.edited.length === 1 ? "a result" : `${detail.edited.length} results`} edited`;
	if (typeof detail.reason === "string") return `“${detail.reason}”`;
	return (
		textOf(before?.role) ||
		textOf(detail.role) ||
		textOf(detail.node) ||
		textOf(detail.file) ||
		textOf(detail.host) ||
		textOf(detail.model)
	);
}

function textOf(value: unknown): string {
	if (typeof value === "string" || typeof value === "number") return String(value);
	if (typeof value === "boolean") return value ? "yes" : "no";
	return "";
}
