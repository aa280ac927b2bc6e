import { isObject } from "../../plan/values/json";
import { decideByForm } from "../hooks/decide/decide-by-form";
import { explainRepository, repositoryPayload, textIn } from "../hooks/decide/explain-repository";
import { defineHookKind } from "../hooks/hook-kind";
import type { HookEvent } from "../hooks/settings/hook-event";
import { signersOf } from "../hooks/settings/repository-settings";
import { signatureSettingsSchema } from "../hooks/settings/signature-settings";
import { gitlabDefinition } from "./definition";
import { readGitlabEvent } from "./read-event";
import { gitlabSample } from "./sample";

export const gitlabHook = defineHookKind({
	definition: gitlabDefinition,
	reception: (config) => ({
		methods: ["POST"],
		maxMegabytes: 25,
		perMinute: config.perMinute,
		origins: [],
		signature: signatureSettingsSchema.parse(
			config.signedBy === "signature" ? { preset: "standard" } : { preset: "token", header: "X-Gitlab-Token" },
		),
		secrets: signersOf(config),
		answer: "at-once",
		dedupeHours: 96,
	}),
	decide(config, form, event) {
		const { body, headers } = event;
		const kind = isObject(body) ? textIn(body, "object_kind") : undefined;
		if (!isObject(body) || kind === undefined) return { verdict: "failed", reason: "Its body is no event of GitLab." };
		if (!config.events.some((known) => known === kind))
			return { verdict: "filtered", reason: `The event ${kind.slice(0, 60)} is none of ${config.events.join(", ")}.` };
		const happened = readGitlabEvent(kind, body);
		const reason = explainRepository(config, happened);
		if (reason !== undefined) return { verdict: "filtered", reason };
		const payload = { id: config.id, ...repositoryPayload(happened), headers, body };
		return decideByForm(config, form, { payload, keys: () => keysOf(event) });
	},
	sample: ({ events }) => gitlabSample(events[0] ?? "push"),
});

/** What hooks cause has the UUID of what caused them: the same event is one with the same body, too. */
function keysOf({ headers, bodyHash }: HookEvent): string[] {
	const event = headers["x-gitlab-event-uuid"];
	const delivery = headers["idempotency-key"];
	return [
		...(event === undefined ? [] : [`event ${event} ${bodyHash}`]),
		...(delivery === undefined ? [] : [`id ${delivery}`]),
	];
}
