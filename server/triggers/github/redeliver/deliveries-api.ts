import { z } from "zod";
import type { OutboundFetch } from "@/server/http/outbound-fetch";
import type { GithubConfig } from "../settings/github-config";
import { signAppToken } from "./app-token";

const TIMEOUT_MS = 20_000;
const PAGE = 100;

const deliverySchema = z.object({
	/** A number beyond what JavaScript holds exactly is refused by GitHub itself. */
	id: z.number().int(),
	/** The same for all attempts. */
	guid: z.string().max(200),
	delivered_at: z.iso.datetime({ offset: true }),
	redelivery: z.boolean(),
	/** Of the answer; 0 where there was none. */
	status_code: z.number().int().nullable(),
});
export type HookDelivery = z.infer<typeof deliverySchema>;

/** GitHub has asked to come again later, or has refused. `retryAt` in ms since 1970. */
export class GithubRefusal extends Error {
	override readonly name = "GithubRefusal";
	constructor(
		message: string,
		readonly retryAt?: number,
	) {
		super(message);
	}
}

interface Access {
	redeliver: NonNullable<GithubConfig["redeliver"]>;
	/** Of the credential. */
	secret: string;
	fetch: OutboundFetch;
	now: () => number;
}

/** One page of a hook's deliveries, the newest first, and where the next one is. @throws GithubRefusal */
export async function listHookDeliveries(access: Access, cursor: string | undefined) {
	const query = new URLSearchParams({ per_page: String(PAGE), ...(cursor !== undefined && { cursor }) });
	const answer = await call(access, "GET", `/deliveries?${query}`);
	const { data } = z.array(deliverySchema).safeParse(await answer.json());
	if (!data) throw new GithubRefusal("The API has not answered with a list of deliveries. Look at its address.");
	return { deliveries: data, next: nextCursor(answer.headers.get("link")) };
}

/** Asks for a delivery once more; GitHub answers before it sends it. @throws GithubRefusal */
export async function askAgain(access: Access, id: number): Promise<void> {
	const answer = await call(access, "POST", `/deliveries/${id}/attempts`);
	await answer.body?.cancel();
}

async function call({ redeliver, secret, fetch, now }: Access, method: string, path: string): Promise<Response> {
	const [, appId] = /^app\/(\d+)$/.exec(redeliver.hook) ?? [];
	const token = appId === undefined ? secret : signAppToken(appId, secret, now());
	const at = appId === undefined ? `/${redeliver.hook}` : "/app/hook";
	const answer = await fetch(`${redeliver.api.replace(/\/$/, "")}${at}${path}`, {
		method,
		redirect: "error",
		signal: AbortSignal.timeout(TIMEOUT_MS),
		headers: {
			accept: "application/vnd.github+json",
			authorization: `Bearer ${token}`,
			"user-agent": "weft",
			"x-github-api-version": "2022-11-28",
		},
	});
	if (answer.ok) return answer;
	const retryAt = retryAtOf(answer, now());
	await answer.body?.cancel();
	throw new GithubRefusal(explain(answer.status, retryAt), retryAt);
}

/** When GitHub lets one come again, by the limit of requests or the secondary one; undefined for any other refusal. */
function retryAtOf({ status, headers }: Response, now: number): number | undefined {
	if (status !== 403 && status !== 429) return undefined;
	const after = Number(headers.get("retry-after") ?? Number.NaN);
	if (Number.isFinite(after)) return now + after * 1_000;
	const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN);
	if (headers.get("x-ratelimit-remaining") === "0" && Number.isFinite(reset)) return reset * 1_000;
	return status === 429 ? now + 60_000 : undefined;
}

function explain(status: number, retryAt: number | undefined): string {
	if (retryAt !== undefined) return "GitHub’s limit of requests is reached; it is asked again later.";
	if (status === 401) return "GitHub does not take the credential. Save one that is valid.";
	if (status === 403) return "The credential may not read the webhook’s deliveries. Give it that permission.";
	if (status === 404) return "GitHub knows no such webhook, or the credential may not see it.";
	return `GitHub has answered ${status}.`;
}

/** Of the `Link` header, as in `<https://…?cursor=v1_1>; rel="next"`. */
function nextCursor(link: string | null): string | undefined {
	const next = (link ?? "").split(",").find((part) => /;\s{0,5}rel="next"/.test(part));
	const address = next?.trim().slice(1).split(">")[0] ?? "";
	return URL.canParse(address) ? (new URL(address).searchParams.get("cursor") ?? undefined) : undefined;
}
