import { z } from "zod";
import { FatalError } from "@/server/errors";
import { exchange, explainStatus } from "../../exchange";
import type { ExecuteContext } from "../../execute-context";
import type { AgentConfig } from "../definition";
import { defineTool, type Origin } from "../tool";

const MAX_BYTES = 5_000_000;
/** What tools that only ask servers share. */
const asking = { origin: (): Origin => "outside", isRepeatable: () => true, isDangerous: () => false };
const minutes = z.int().min(1).max(44_640).describe("How far to look back.");

const lokiAnswer = z.object({
	data: z.object({
		resultType: z.string(),
		result: z.array(
			z.object({
				stream: z.record(z.string(), z.string()).optional(),
				metric: z.record(z.string(), z.string()).optional(),
				values: z.array(z.tuple([z.union([z.string(), z.number()]), z.string()])),
			}),
		),
	}),
});

export const logsTool = defineTool({
	description: "Searches the logs in Loki by LogQL, newest lines first.",
	input: z.strictObject({
		query: z.string().min(1).max(5_000),
		minutes: minutes.default(60),
		limit: z.int().min(1).max(1_000).default(200),
	}),
	...asking,
	async run({ query, minutes: back, limit }, { config, context }) {
		const now = Date.now();
		const url = addressOf(config.lokiUrl, "/loki/api/v1/query_range", {
			...{ query, limit: String(limit), direction: "backward" },
			...{ start: `${now - back * 60_000}000000`, end: `${now}000000` },
		});
		const { data } = lokiAnswer.parse(await ask(context, url, config.lokiAuthorization));
		const lines = data.result.flatMap(({ stream, metric, values }) =>
			values.map(([at, line]) => ({ at: Number(at), labels: labelsOf(stream ?? metric ?? {}), line })),
		);
		lines.sort((a, b) => b.at - a.at);
		if (lines.length === 0) return "There are no such lines.";
		return lines
			.slice(0, limit)
			.map(({ at, labels, line }) => `${momentOf(at, data.resultType)} ${labels} ${line}`)
			.join("\n");
	},
});

/** Lines have nanoseconds, samples seconds. */
function momentOf(at: number, type: string): string {
	return new Date(type === "streams" ? at / 1e6 : at * 1_000).toISOString();
}

const prometheusAnswer = z.object({
	data: z.object({
		result: z.union([
			z.array(
				z.object({
					metric: z.record(z.string(), z.string()),
					value: z.tuple([z.number(), z.string()]).optional(),
					values: z.array(z.tuple([z.number(), z.string()])).optional(),
				}),
			),
			z.tuple([z.number(), z.string()]),
		]),
	}),
});
/** Samples of one series over the time that is looked back. */
const SAMPLES = 30;

export const metricsTool = defineTool({
	description: "Asks Prometheus by PromQL: for now, or with minutes for how it was until now.",
	input: z.strictObject({ query: z.string().min(1).max(5_000), minutes: minutes.optional() }),
	...asking,
	async run({ query, minutes: back }, { config, context }) {
		const now = Math.floor(Date.now() / 1_000);
		const url =
			back === undefined
				? addressOf(config.prometheusUrl, "/api/v1/query", { query })
				: addressOf(config.prometheusUrl, "/api/v1/query_range", {
						...{ query, start: String(now - back * 60), end: String(now) },
						step: String(Math.max(1, Math.ceil((back * 60) / SAMPLES))),
					});
		const { data } = prometheusAnswer.parse(await ask(context, url, config.prometheusAuthorization));
		const series = data.result.map((one) => {
			if (typeof one !== "object") return String(one);
			const samples = one.values ?? (one.value ? [one.value] : []);
			return `${labelsOf(one.metric)} ${samples.map(([at, value]) => `${value}@${new Date(at * 1_000).toISOString()}`).join(" ")}`;
		});
		return series.length === 0 ? "There are no such series." : series.slice(0, 200).join("\n");
	},
});

function addressOf(base: string | undefined, path: string, query: Record<string, string>): string {
	const url = new URL(`${(base ?? "").replace(/\/$/, "")}${path}`);
	for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
	return url.href;
}

async function ask(
	context: ExecuteContext,
	url: string,
	authorization: AgentConfig["lokiAuthorization"],
): Promise<unknown> {
	const headers = { accept: "application/json", ...(authorization && { authorization }) };
	const answer = await exchange(context, { url, init: { headers } }, { timeoutSeconds: 60, limit: MAX_BYTES });
	if (!answer.response.ok) throw explainStatus(new URL(url).host, answer);
	if (answer.truncated) throw new FatalError("The answer is longer than 5 MB. Ask for less.");
	return await context.readJson(Buffer.from(answer.bytes).toString());
}

function labelsOf(labels: Record<string, string>): string {
	return `{${Object.entries(labels)
		.map(([name, value]) => `${name}="${value}"`)
		.join(", ")}}`;
}
