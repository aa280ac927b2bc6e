import { z } from "zod";
import { RetryableError } from "../../errors";
import type { Execute, ExecuteContext } from "../execute-context";
import { askGithub, type GithubRequest } from "../github-api";
import type { githubDefinition } from "./definition";

type Config = z.infer<(typeof githubDefinition)["config"]>;
type Written = z.infer<(typeof githubDefinition)["output"]>;

/** GitHub takes 65,536 characters; the marker stands behind. */
const MAX_TEXT = 65_000;
const MAX_DESCRIPTION = 140;
/** Pages of a hundred, in which what an earlier attempt wrote is looked for. */
const MAX_PAGES = 10;

const thingSchema = z.looseObject({
	id: z.int(),
	html_url: z.string().nullish(),
	number: z.int().nullish(),
	body: z.string().nullish(),
	external_id: z.string().nullish(),
});
type Thing = z.infer<typeof thingSchema>;

interface Work {
	config: Config;
	ask(request: GithubRequest & { missing?: "null" }): Promise<unknown>;
	/** The same in every attempt of the step, and of no other. */
	key: string;
	isAgain: boolean;
	log: ExecuteContext["log"];
}

/**
 * Writes to GitHub. An attempt after the first looks for what an earlier one wrote, as its answer may have been lost: by
 * a comment of HTML in what people read, by `external_id` in a check run. A status and labels are the same when set twice.
 */
export const executeGithub: Execute<typeof githubDefinition> = async (config, context) => {
	const { api, repository, token } = config;
	const output = await actions[config.action]({
		config,
		ask: (request) => askGithub(context, { api, repository, token }, request),
		key: ["weft", context.run.id, context.node.id, context.iteration].filter((part) => part !== "").join(" "),
		isAgain: context.attempt > 1,
		log: context.log,
	});
	context.log("info", output.existed ? `An earlier attempt had written ${output.url}` : `Wrote ${output.url}`);
	return { output };
};

const actions: Record<Config["action"], (work: Work) => Promise<Written>> = {
	async comment(work) {
		const { number = 0 } = work.config;
		const path = `/issues/${number}/comments`;
		const found = await findMarked(work, `${path}?since=${aDayAgo()}`);
		const thing = found ?? (await post(work, path, { body: markedText(work) }));
		return { ...addressOf(thing, work), number, existed: found !== undefined };
	},
	async issue(work) {
		const { title, labels } = work.config;
		const found = await findMarked(work, `/issues?state=all&sort=created&direction=desc&since=${aDayAgo()}`);
		const thing = found ?? (await post(work, "/issues", { title, body: markedText(work), labels }));
		return { ...addressOf(thing, work), number: thing.number ?? null, existed: found !== undefined };
	},
	async labels({ config, ask }) {
		const { number = 0, labels = [], removeLabels = [] } = config;
		const path = `/issues/${number}/labels`;
		if (labels.length > 0) await ask({ method: "POST", path, body: { labels } });
		for (const label of removeLabels)
			await ask({ method: "DELETE", path: `${path}/${encodeURIComponent(label)}`, missing: "null" });
		return { id: null, number, url: pageOf(config, `/issues/${number}`), existed: false };
	},
	async status(work) {
		const { commit = "", name, state, body = "", link } = work.config;
		const description = body.replace(/\s+/g, " ").trim();
		const shown = cut(description, MAX_DESCRIPTION);
		const thing = await post(work, `/statuses/${commit}`, {
			state,
			context: name,
			description: shown,
			target_url: link,
		});
		return { ...addressOf(thing, work), url: pageOf(work.config, `/commit/${commit}`), number: null, existed: false };
	},
	async "check run"(work) {
		const { commit = "", name = "", conclusion, title, body, link } = work.config;
		const found = await findCheck(work, `/commits/${commit}/check-runs?check_name=${encodeURIComponent(name)}`);
		const output = { title: title ?? name, summary: cut(body ?? "", MAX_TEXT) };
		const thing =
			found ??
			(await post(work, "/check-runs", {
				...{ name, head_sha: commit, status: "completed", conclusion, external_id: work.key },
				...{ details_url: link, output },
			}));
		return { ...addressOf(thing, work), number: null, existed: found !== undefined };
	},
};

async function post({ ask }: Work, path: string, body: unknown): Promise<Thing> {
	return readThing(await ask({ method: "POST", path, body }));
}

function readThing(answer: unknown): Thing {
	const { data } = thingSchema.safeParse(answer);
	if (data) return data;
	throw new RetryableError("GitHub’s answer does not say what it wrote.");
}

async function findMarked(work: Work, path: string): Promise<Thing | undefined> {
	const marker = markerOf(work);
	return await findWritten(work, path, ({ body }) => body?.includes(marker) === true);
}

async function findCheck(work: Work, path: string): Promise<Thing | undefined> {
	return await findWritten(work, path, ({ external_id }) => external_id === work.key);
}

async function findWritten(
	{ ask, isAgain }: Work,
	path: string,
	isIt: (thing: Thing) => boolean,
): Promise<Thing | undefined> {
	for (let page = 1; isAgain && page <= MAX_PAGES; page++) {
		const answer = await ask({ method: "GET", path: `${path}&per_page=100&page=${page}` });
		const things = listOf(answer);
		const found = things.find(isIt);
		if (found || things.length < 100) return found;
	}
	return undefined;
}

function listOf(answer: unknown): Thing[] {
	const { data } = z
		.union([z.array(z.unknown()), z.object({ check_runs: z.array(z.unknown()) }).transform((page) => page.check_runs)])
		.safeParse(answer);
	return (data ?? []).flatMap((each) => thingSchema.safeParse(each).data ?? []);
}

/** Readers of the page do not see it. */
function markerOf({ key }: Work): string {
	return `<!-- ${key} -->`;
}

function markedText(work: Work): string {
	const { body = "" } = work.config;
	if (body.length > MAX_TEXT) work.log("warn", "The text is longer than GitHub takes, and was shortened.");
	return `${cut(body, MAX_TEXT)}\n\n${markerOf(work)}`;
}

function cut(text: string, limit: number): string {
	return text.length > limit ? `${text.slice(0, limit - 1).toWellFormed()}…` : text;
}

function addressOf({ id, html_url }: Thing, { config }: Work): { id: number; url: string } {
	return { id, url: html_url ?? pageOf(config, "") };
}

/** A page of the repository: `https://host/api/v3` is the API of `https://host`. */
function pageOf({ api, repository }: Config, path: string): string {
	const { origin, hostname } = new URL(api);
	return `${hostname === "api.github.com" ? "https://github.com" : origin}/${repository}${path}`;
}

/** Attempts of one step are seldom further apart. */
function aDayAgo(): string {
	return new Date(Date.now() - 86_400_000).toISOString();
}
