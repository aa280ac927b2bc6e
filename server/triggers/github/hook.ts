import { decideByForm } from "../hooks/decide/decide-by-form";
import { explainRepository, repositoryPayload, valueIn } from "../hooks/decide/explain-repository";
import { defineHookKind } from "../hooks/hook-kind";
import type { HookEvent } from "../hooks/settings/hook-event";
import { signersOf } from "../hooks/settings/repository-settings";
import { signatureSettingsSchema } from "../hooks/settings/signature-settings";
import { githubDefinition } from "./definition";
import { githubBody, githubEventOf, readGithubEvent } from "./read-event";
import { githubSample } from "./sample";
import type { GithubConfig } from "./settings/github-config";

/** GitHub sends no larger ones. */
const MEGABYTES = 25;
/** Redeliveries can be asked for within three days. */
const DEDUPE_HOURS = 96;

export const githubHook = defineHookKind({
	definition: githubDefinition,
	reception: (config) => ({
		methods: ["POST"],
		maxMegabytes: MEGABYTES,
		perMinute: config.perMinute,
		origins: [],
		signature: signatureSettingsSchema.parse({ preset: "github" }),
		secrets: signersOf(config),
		answer: "at-once",
		dedupeHours: DEDUPE_HOURS,
	}),
	decide(config, form, event) {
		const body = githubBody(event);
		if (!body) return { verdict: "failed", reason: "Its body is no event of GitHub." };
		const known = githubEventOf(body);
		const reason = explainEvent(config, { known, named: event.headers["x-github-event"] });
		if (reason !== undefined || known === undefined) return { verdict: "filtered", reason: reason ?? "" };
		const happened = readGithubEvent(known, body);
		const unfit = explainRepository(config, happened);
		if (unfit !== undefined) return { verdict: "filtered", reason: unfit };
		const installation = valueIn(body, "installation", "id") ?? null;
		const payload = {
			...{ id: config.id, ...repositoryPayload(happened), installation },
			...{ delivery: event.headers["x-github-delivery"] ?? null, headers: event.headers, body },
		};
		return decideByForm(config, form, { payload, keys: () => keysOf(event) });
	},
	sample: ({ events }) => githubSample(events[0] ?? "push"),
	isPing: (event) => githubEventOf(githubBody(event) ?? {}) === "ping",
});

function explainEvent(
	{ events }: GithubConfig,
	{ known, named }: { known: string | undefined; named: string | undefined },
): string | undefined {
	if (known !== undefined && named !== undefined && named !== known)
		return `X-GitHub-Event says ${named.slice(0, 60)}, and its body is that of ${known}: the header is not signed.`;
	if (known === "ping") return "GitHub tries the address: it is reached, and the secret is right.";
	if (known !== undefined && events.some((event) => event === known)) return undefined;
	return `The event ${known ?? named?.slice(0, 60) ?? "of its body"} is none of ${events.join(", ")}.`;
}

/** The id is not signed: whoever sends a request again could exchange it, but not the body. */
function keysOf({ headers, bodyHash }: HookEvent): string[] {
	const id = headers["x-github-delivery"];
	return [...(id === undefined ? [] : [`id ${id}`]), ...(bodyHash === "" ? [] : [`body ${bodyHash}`])];
}
