import type { DemoLine } from "./demo-writer";
import type { Held } from "./phrases";
import type { PlanSketch } from "./plan-sketch";
import { readSchedule } from "./read-schedule";

/** What starts the workflow, and the text without it. */
interface FoundTriggers {
	triggers: DemoLine[];
	rest: string;
	/** What steps can read of what comes. */
	value: string | undefined;
}

type Trigger = Extract<DemoLine, { do: "trigger" }>["trigger"];
interface Rule {
	pattern: RegExp;
	trigger(match: RegExpExecArray, sketch: PlanSketch): Trigger;
	value?: string;
}

const WHEN =
	"(?:when|whenever|once|on|as soon as)\\s(?:an?\\s|any\\s|the\\s|each\\s|every\\s|some(?:body|one)\\s)?(?:new\\s)?";
const TAIL = "(?:\\s(?:is|are|was|gets)\\s(?:opened|created|published|merged|closed|labelled|updated))?";
const PLACE =
	"(?:\\s(?:to|on|in)\\s(?:the\\s)?(?:branch\\s)?([\\w./-]{1,60}))?(?:\\sbranch)?(?:\\s(?:on|in)\\s(github|gitlab))?";
const COMES = "(?:\\s(?:fires|starts|is firing|arrives|comes in|is received|is sent|happens))?";

const RULES: Rule[] = [
	{
		pattern: new RegExp(
			`\\b${WHEN}(critical\\s|warning\\s)?(?:prometheus\\s|alertmanager\\s)?alert(?:\\s(§\\d{1,4}q))?${COMES}`,
			"i",
		),
		trigger: ([, severity, name], { held }) => ({
			...{ type: "alertmanager", id: "alert" },
			matchers: [
				...(severity ? [`severity="${severity.trim().toLowerCase()}"`] : []),
				...(name ? [`alertname="${held.plain(name)}"`] : []),
			],
		}),
		value: "trigger.alert",
	},
	{
		pattern: new RegExp(`\\b${WHEN}merge request${TAIL}${PLACE}`, "i"),
		trigger: (_, sketch) => ({
			...{ type: "gitlab", id: "gitlab", events: ["merge_request"], secret: sketch.credentialName("gitlab") },
		}),
		value: "trigger.body",
	},
	{
		pattern: new RegExp(`\\b${WHEN}(push(?:es)?|pull request|issue|release)${TAIL}${PLACE}`, "i"),
		trigger: readRepository,
		value: "trigger.body",
	},
	{
		pattern: new RegExp(
			`\\b${WHEN}(?:(?!pull|merge)\\w{1,20}\\s)?(?:webhook|http request|request|form submission|payload)${COMES}`,
			"i",
		),
		trigger: () => ({ type: "webhook", id: "webhook" }),
		value: "trigger.body",
	},
	{
		pattern: new RegExp(`\\b${WHEN}event\\s(§\\d{1,4}[a-z]|[\\w.-]{1,80})${COMES}`, "i"),
		trigger: ([, name = ""], { held }) => ({ type: "event", id: "event", name: held.plain(name) }),
		value: "trigger.event",
	},
	{
		pattern:
			/\b(?:when|whenever|after)\s(?:the\s|any\s)?workflow\s(§\d{1,4}[a-z]\s|[\w-]{1,48}\s)?(fails|failed|completes|completed|ends|ended|finishes|succeeds|is cancelled|times out)/i,
		trigger: readEnd,
		value: "trigger.run.output",
	},
];

/** Takes out of a text what says how it starts. */
export function findTriggers(held: Held, sketch: PlanSketch): FoundTriggers {
	const scheduled = readSchedule(held.text);
	const triggers: DemoLine[] = scheduled.trigger ? [{ do: "trigger", trigger: scheduled.trigger }] : [];
	let rest = scheduled.rest.replace(/\b(?:when (?:i )?(?:start|run) it )?(?:by hand|manually|on demand)\b/i, "");
	let value: string | undefined;
	for (const { pattern, trigger, value: given } of RULES) {
		const match = pattern.exec(rest);
		if (!match) continue;
		triggers.push({ do: "trigger", trigger: trigger(match, sketch) });
		value ??= given;
		rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
	}
	return { triggers, value, rest: rest.replace(/(^|[.\n])[\s,:]{1,9}/g, "$1 ").trim() };
}

function readRepository([all, what = "", branch, forge]: RegExpExecArray, sketch: PlanSketch): Trigger {
	const kind = what.toLowerCase().startsWith("push") ? "push" : what.toLowerCase().replace(" ", "_");
	const isPlace = branch !== undefined && !/^(?:github|gitlab)$/i.test(branch);
	const branches = kind === "push" && isPlace ? { branches: [branch] } : {};
	const isGitlab = /gitlab/i.test(`${forge} ${branch}`);
	const secret = sketch.credentialName(isGitlab ? "gitlab" : "github");
	if (isGitlab) return { type: "gitlab", id: "gitlab", events: [gitlabEvent(kind)], secret, ...branches };
	const actions = /opened|created/i.test(all) && kind !== "push" ? { actions: ["opened"] } : {};
	return { type: "github", id: "github", events: [githubEvent(kind)], secret, ...branches, ...actions };
}

function githubEvent(kind: string): "push" | "pull_request" | "issues" | "release" {
	if (kind === "issue") return "issues";
	return kind === "pull_request" || kind === "release" ? kind : "push";
}

function gitlabEvent(kind: string): "push" | "merge_request" {
	return kind === "pull_request" ? "merge_request" : "push";
}

function readEnd([, name, how = ""]: RegExpExecArray, { held }: PlanSketch): Trigger {
	const statuses = /fail/i.test(how)
		? ["failed" as const]
		: /cancel/i.test(how)
			? ["cancelled" as const]
			: /times/i.test(how)
				? ["timed_out" as const]
				: ["completed" as const];
	const workflows = name ? [held.plain(name.trim())] : [];
	return { type: "workflow-ended", id: "workflow_ended", workflows, statuses };
}
