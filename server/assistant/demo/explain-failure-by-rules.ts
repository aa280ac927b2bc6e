import type { Plan, PlanNode } from "@/server/plan/plan";
import { isObject } from "@/server/plan/values/json";
import type { FailedStep, FailureFacts } from "../failure-evidence";
import type { DemoLine } from "./demo-writer";

/** What a known kind of error means, and what may mend it. */
interface FailureRule {
	words: RegExp;
	says: string;
	mend?: (node: PlanNode, text: string) => DemoLine | undefined;
}

const DEMO = "This is the demo: it knows common errors by their words. With a model’s key it reads the log, too.";

/** Tried again with patience: for what often passes by itself. */
const TRY_AGAIN: FailureRule["mend"] = ({ id, retry }) => {
	const maxAttempts = Math.min(20, Math.max(5, (retry?.maxAttempts ?? 1) + 2));
	return { do: "step", id, retry: { maxAttempts, delaySeconds: 10, backoff: "exponential" } };
};

/** The time that its own form allows, or the step's limit, doubled. */
const MORE_TIME: FailureRule["mend"] = ({ id, config, timeoutSeconds }) => {
	const own = config.timeoutSeconds;
	if (typeof own === "number" && timeoutSeconds === undefined)
		return { do: "step", id, config: { timeoutSeconds: own * 2 } };
	return { do: "step", id, timeoutSeconds: Math.min(604_800, (timeoutSeconds ?? 300) * 2) };
};

/** A default for the reference that leads to no value. */
const WITH_DEFAULT: FailureRule["mend"] = ({ id, config }, text) => {
	const [, path = ""] = /no value at ([\w.[\]]{1,200}?)\.?(?:\s|,|$)/.exec(text) ?? [];
	if (path === "") return undefined;
	const changed = Object.entries(config).flatMap(([field, value]) => {
		if (typeof value !== "string") return [];
		const next = value.replace(`{{ ${path} }}`, `{{ ${path} ?? "" }}`);
		return next === value ? [] : [[field, next] as const];
	});
	return changed.length === 0 ? undefined : { do: "step", id, config: Object.fromEntries(changed) };
};

const RULES: FailureRule[] = [
	{
		words: /exit 127|command not found|not found in PATH/i,
		says: "It calls a program that the worker does not have, or whose name is misspelt. Install it on the worker’s machine, or call it by its path.",
	},
	{
		words: /exit 126|permission denied/i,
		says: "The program may not be started or a file may not be read. Make it executable (chmod +x), or start it by its interpreter, as in bash script.sh.",
	},
	{
		words: /exit 137|out of memory|heap limit/i,
		says: "It was killed, most often because memory ran out. Raise the step’s memory limit, or work on less at once.",
		mend: ({ id, config }) =>
			typeof config.memoryMb === "number"
				? { do: "step", id, config: { memoryMb: Math.min(1_048_576, config.memoryMb * 2) } }
				: undefined,
	},
	{
		words: /\b401\b|unauthori[sz]ed|refused the key|bad credentials/i,
		says: "The other side does not know the key or the sign-in. Look at the credential that the step names; it may have ended or been replaced.",
	},
	{
		words: /\b403\b|forbidden/i,
		says: "The key is known, and may not do this. Give it the permission at the other side, or choose another credential.",
	},
	{
		words: /\b404\b|no such host page/i,
		says: "There is nothing at that address. Look whether it is spelt right, and whether what stood there was moved or deleted.",
	},
	{
		words: /\b429\b|rate limit|too many requests/i,
		says: "The other side was asked too often. Waiting longer between attempts helps most often.",
		mend: TRY_AGAIN,
	},
	{
		words: /\b50[0234]\b|overloaded|service unavailable|bad gateway/i,
		says: "The other side had a problem of its own. Trying again later helps most often.",
		mend: TRY_AGAIN,
	},
	{
		words: /ENOTFOUND|EAI_AGAIN|could not be resolved|no such host|unknown host|cannot be found/i,
		says: "The name of the other side leads nowhere. Look whether the address is spelt right, and whether this machine can resolve names.",
	},
	{
		words: /ECONNREFUSED|refused the connection|connection refused/i,
		says: "Nothing listens at that address: the program there is not running, or the port is another one.",
		mend: TRY_AGAIN,
	},
	{
		words: /private address|WEFT_ALLOW_ADDRESSES/i,
		says: "The address is a private one, which steps may not reach unless an administrator allows it (WEFT_ALLOW_ADDRESSES).",
	},
	{
		words: /no value at secrets|credential was removed|no credential/i,
		says: "It reads a credential that is not there. Add it in the settings, or choose another one in the step.",
	},
	{
		words: /no value at/i,
		says: "It reads a value that was not there in this run. Give the reference a default, or look why the step before did not make it.",
		mend: WITH_DEFAULT,
	},
	{
		words: /timed out|took longer|time limit|did not answer within/i,
		says: "It took longer than it may. Give it more time, or do less at once.",
		mend: MORE_TIME,
	},
	{
		words: /budget|cost at most/i,
		says: "It reached the money that it may spend. Raise the limit, or choose a cheaper model.",
	},
	{
		words: /schema|invalid_type|does not match|not valid JSON|Unexpected token/i,
		says: "A value does not have the form that is expected. Look at the step’s input, and at the step that made it.",
	},
	{ words: /declined|nobody decided/i, says: "A person declined, or nobody decided in time." },
	{
		words: /worker (?:was lost|died|stopped)|was cut off/i,
		says: "The worker ended in the middle of it. Run it again; whether doing it twice does harm, only you know.",
		mend: TRY_AGAIN,
	},
	{ words: /exit \d+/i, says: "The program ended with an error. Its last lines say why." },
];

/** Why a run failed, by the words of its errors, with what shows it; and a change that may mend it. */
export function explainFailureByRules(facts: FailureFacts, plan: Plan): DemoLine[] {
	const { failed, end, evidence } = facts;
	const keyOf = (kind: string, nodeId: string) =>
		evidence.find((each) => each.kind === kind && each.nodeId === nodeId)?.key;
	if (end?.type === "run.cancelled" || end?.type === "run.timed_out") {
		const key = keyOf("event", "");
		const mend: DemoLine[] =
			end.type === "run.timed_out"
				? [{ do: "settings", settings: { timeoutSeconds: Math.min(2_592_000, end.data.limitSeconds * 2) } }]
				: [];
		const text =
			end.type === "run.cancelled"
				? "Somebody ended this run"
				: "The run as a whole took longer than the workflow allows";
		return [`${text} [${key}].`, DEMO, ...mend];
	}
	const [first] = failed;
	if (!first)
		return [`No step failed; what was recorded of the end is all that is known [${keyOf("event", "")}].`, DEMO];
	return [...explainStep(first, plan, keyOf), DEMO].sort(
		(a, b) => Number(typeof a !== "string") - Number(typeof b !== "string"),
	);
}

function explainStep(
	step: FailedStep,
	plan: Plan,
	keyOf: (kind: string, nodeId: string) => string | undefined,
): DemoLine[] {
	const { nodeId, error, timedOut } = step;
	const text = `${error.message}\n${error.detail ?? ""}`;
	const rule = timedOut ? RULES.find(({ mend }) => mend === MORE_TIME) : RULES.find(({ words }) => words.test(text));
	const node = plan.nodes.find(({ id }) => id === nodeId);
	const log = keyOf("log", nodeId);
	const mend = node && isObject(node.config) ? rule?.mend?.(node, text) : undefined;
	return [
		`[${nodeId}] failed: read the [${keyOf("error", nodeId)}]${log === undefined ? "" : ` and the end of the [${log}]`}.`,
		rule?.says ?? "Its error is none that the demo knows: read it, and the last lines of the log.",
		...(mend ? [mend] : []),
	];
}
