import { createDemoWriter } from "../server/assistant/demo/demo-writer";
import { describeByRules } from "../server/assistant/demo/describe-by-rules";
import { readCases } from "../server/assistant/evaluation/read-cases";
import { scorePlan } from "../server/assistant/evaluation/score-plan";
import type { AssistantNews } from "../server/assistant/news";
import { writePlan } from "../server/assistant/write-plan";
import { getEnv } from "../server/env";
import { createOutboundFetch } from "../server/http/outbound-fetch";
import type { LlmProvider } from "../server/llm/provider";
import { createServerProviders } from "../server/llm/server-providers";
import { catalog } from "../server/nodes/catalog";
import { modelToAsk } from "../server/nodes/model-fields";
import { applyChanges } from "../server/plan/changes/apply-change";
import type { PlanChange } from "../server/plan/changes/plan-change";
import type { Plan } from "../server/plan/plan";
import { validatePlan } from "../server/plan/validate/validate-plan";

/**
 * How many of the described workflows come out as they are asked for: one JSON line for each provider. The demo without
 * more; `BENCH_PROVIDERS="anthropic openai"` asks those with the server's keys, at some cents a case.
 */
const { cases, planOf } = readCases();
const providers = (process.env.BENCH_PROVIDERS ?? "demo").split(/\s+/);
const find = createServerProviders(getEnv(), createOutboundFetch({ allow: [] }));

for (const name of providers) {
	let [passed, checks, valid, costUsd] = [0, 0, 0, 0];
	const missed: string[] = [];
	for (const asked of cases) {
		const plan = planOf(asked.base);
		const write = () => describeByRules({ text: asked.text, plan, credentials: [] });
		const drawn = await draw(name === "demo" ? createDemoWriter(write, 0) : find(name), asked.text, plan);
		const score = scorePlan(drawn.plan, asked);
		passed += score.passed;
		checks += score.passed + score.missed.length;
		valid += score.missed.some((miss) => miss.startsWith("valid")) ? 0 : 1;
		costUsd += drawn.costUsd;
		missed.push(...score.missed.map((miss) => `${asked.id}: ${miss}`));
	}
	const score = Math.round((passed / checks) * 1_000) / 1_000;
	console.log(
		JSON.stringify({ bench: "describe", provider: name, cases: cases.length, valid, score, costUsd, missed }),
	);
}

async function draw(provider: LlmProvider, text: string, plan: Plan) {
	const changes: PlanChange[] = [];
	let costUsd = 0;
	const check = async (changed: Plan) => validatePlan(changed, { definitions: catalog });
	const model = provider.name === "demo" ? "demo" : modelToAsk({ provider: provider.name });
	const tell = (news: AssistantNews) => {
		if (news.type === "change") changes.push(news.change);
		if (news.type === "cost") costUsd += news.costUsd;
	};
	await writePlan(
		{ provider, model },
		{ text, plan, credentials: [], check },
		{ tell, signal: new AbortController().signal },
	);
	return { plan: applyChanges(plan, changes), costUsd };
}
