import { evaluateCel } from "../../../plan/expressions/evaluate-cel";
import { isObject, type Json } from "../../../plan/values/json";
import { toText } from "../../../plan/values/value-text";
import { type HookEvent, payloadOf } from "../../hooks/settings/hook-event";
import type { Preset } from "../../hooks/settings/signature-settings";
import type { WebhookConfig } from "./webhook-config";

/**
 * The keys of a request: it is a duplicate of an earlier one that has any of them. A trigger's own expression goes before
 * what its sender is known to send. @throws as `evaluateCel`
 */
export function dedupeKeysOf(config: WebhookConfig, event: HookEvent): string[] {
	const { dedupeKey, id, preset } = config;
	const copy = copyKey(config, event);
	if (dedupeKey === undefined) return [...KNOWN_KEYS[preset](event), copy].filter((key) => key !== undefined);
	const key = evaluateCel(dedupeKey, { trigger: { type: "webhook", ...payloadOf(id, event) } });
	return [key === null || key === "" ? undefined : `key ${toText(key)}`, copy].filter((each) => each !== undefined);
}

/** What a copy of a request that signs its time has in common with it, whatever is sent along unsigned. */
function copyKey({ preset, timestampHeader }: WebhookConfig, event: HookEvent): string | undefined {
	if (preset === "stripe" || preset === "linear") return bodyKey(event);
	const header = preset === "hmac" ? timestampHeader?.toLowerCase() : TIME_HEADERS[preset];
	const time = header === undefined ? undefined : event.headers[header];
	return time === undefined ? undefined : `signed ${event.headers["webhook-id"] ?? ""} ${time} ${event.bodyHash}`;
}

const TIME_HEADERS: Partial<Record<Preset, string>> = {
	standard: "webhook-timestamp",
	slack: "x-slack-request-timestamp",
};

type Keys = (event: HookEvent) => (string | undefined)[];

/** An id that is not signed can be exchanged by whoever sends a request again: the body counts beside it. */
const KNOWN_KEYS: Record<Preset, Keys> = {
	none: () => [],
	token: () => [],
	hmac: () => [],
	standard: ({ headers }) => [named("id", headers["webhook-id"] ?? headers["svix-id"])],
	github: (event) => [named("id", event.headers["x-github-delivery"]), bodyKey(event)],
	stripe: ({ body }) => [named("id", textAt(body, "id"))],
	slack: ({ body }) => [named("id", textAt(body, "event_id") ?? textAt(body, "trigger_id"))],
	shopify: (event) => [named("id", event.headers["x-shopify-webhook-id"]), bodyKey(event)],
	linear: (event) => [named("id", event.headers["linear-delivery"]), bodyKey(event)],
};

function bodyKey({ bodyHash }: HookEvent): string {
	return `body ${bodyHash}`;
}

function named(name: string, value: string | undefined): string | undefined {
	return value === undefined || value === "" ? undefined : `${name} ${value}`;
}

function textAt(body: Json, key: string): string | undefined {
	const value = isObject(body) && Object.hasOwn(body, key) ? body[key] : undefined;
	return typeof value === "string" ? value : undefined;
}
