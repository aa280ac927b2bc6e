import { approval } from "./kinds/approval";
import { budget } from "./kinds/budget";
import { failureUntold } from "./kinds/failure-untold";
import { invitation } from "./kinds/invitation";
import { mention } from "./kinds/mention";
import { runFailed } from "./kinds/run-failed";
import { scheduleMissed } from "./kinds/schedule-missed";
import { templateDecision } from "./kinds/template-decision";
import { templateReview } from "./kinds/template-review";
import { workflowFailing } from "./kinds/workflow-failing";
import type { Happening, NotificationKind } from "./notification-kind";

/** Every kind of notification. A new one is a file in `kinds/` and a line here. */
const KINDS = {
	mention,
	approval,
	"run-failed": runFailed,
	"workflow-failing": workflowFailing,
	"failure-untold": failureUntold,
	budget,
	"schedule-missed": scheduleMissed,
	invitation,
	"template-review": templateReview,
	"template-decision": templateDecision,
} as const satisfies Record<string, NotificationKind<object>>;

export type KindName = keyof typeof KINDS;
/** What is stored with a notification of a kind. */
export type KindData<Name extends KindName> = (typeof KINDS)[Name] extends NotificationKind<infer Data> ? Data : never;

export function isKindName(text: string): text is KindName {
	return Object.hasOwn(KINDS, text);
}

export const KIND_NAMES: readonly KindName[] = Object.keys(KINDS).filter(isKindName);

export function kindOf(name: KindName): NotificationKind<object> {
	return KINDS[name];
}

/** What anybody can be told of, whether they administer the instance or not. */
export const COMMON_KINDS: readonly KindName[] = KIND_NAMES.filter((name) => !kindOf(name).isForAdministrators);

export interface Described {
	sentence: string;
	excerpt: string | undefined;
	path: string | null;
	/** What is said of it once it asks for nothing any more. */
	settled: string | undefined;
}

/** What a stored notification says and where it leads; undefined for one that this version cannot read. */
export function describeNotification(name: KindName, happening: Happening<unknown>): Described | undefined {
	const kind = kindOf(name);
	const read = kind.data.safeParse(happening.data);
	if (!read.success) return undefined;
	const known = { ...happening, data: read.data };
	const [excerpt, path] = [kind.excerpt?.(known), kind.path(known)];
	return { sentence: kind.describe(known), excerpt, path, settled: kind.settled };
}
