import { z } from "zod";
import { isObject, jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { isRemote, keyField, modelField, modelOf, providerField } from "../model-fields";
import { countOf } from "../summary-text";
import { RULE_NAMES, RULES } from "./rules";

type Values = Readonly<Record<string, unknown>>;
const takenBy =
	(...who: string[]) =>
	({ takenBy: chosen = "person" }: Values) =>
		who.includes(String(chosen));
const asksRemote = (values: Values) => takenBy("judge")(values) && isRemote(values);
const asks = (values: Values) => takenBy("person")(values) || values.confirms === true;

const MAX_ATTEMPTS = 10;

const configSchema = z.strictObject({
	attempts: z
		.record(z.string().trim().min(1).max(60), jsonSchema)
		.refine((attempts) => Object.keys(attempts).length > 0, "Add the coding agents that are compared")
		.refine((attempts) => Object.keys(attempts).length <= MAX_ATTEMPTS, `At most ${MAX_ATTEMPTS} are compared`)
		.meta({
			label: "Attempts",
			help: "A name, and the output of the coding agent: {{ steps.fix.output }}. Let those steps go on when they fail, so that one failure ends no comparison.",
			widget: "key-value",
			missing: "null",
		}),
	task: z.string().max(200_000).default("").meta({
		label: "Task",
		help: "What they were to do, for whoever decides.",
		widget: "textarea",
	}),
	directory: z.string().max(1_000).default("").meta({
		label: "Merged into",
		help: "The repository in the run's workspace that gets the changes of the one that is taken, uncommitted. Empty: the workspace itself.",
		placeholder: "repo",
	}),
	takenBy: z
		.enum(["person", "rule", "judge"])
		.default("person")
		.meta({
			label: "Who takes one",
			help: "A rule and a judge take one of those whose tests pass.",
			widget: "select",
			choices: {
				person: { label: "A person" },
				rule: { label: "A rule" },
				judge: { label: "A judge" },
			},
		}),
	rule: z
		.enum(RULE_NAMES)
		.default("smallest-change")
		.meta({
			label: "Takes",
			widget: "select",
			choices: Object.fromEntries(RULE_NAMES.map((name) => [name, { label: RULES[name].label }])),
			visibleWhen: takenBy("rule"),
		}),
	provider: providerField("it follows rules, and says so.").meta({ visibleWhen: takenBy("judge") }),
	model: modelField.meta({ visibleWhen: asksRemote }),
	apiKey: keyField.meta({ visibleWhen: asksRemote }),
	criteria: z
		.string()
		.max(20_000)
		.default("")
		.meta({
			label: "What makes one good",
			help: "Empty: does what was asked, mends the cause, changes nothing else.",
			widget: "textarea",
			visibleWhen: takenBy("judge"),
		}),
	confirms: z
		.boolean()
		.default(false)
		.meta({
			label: "A person has the last word",
			help: "What the rule or the judge prefers is only suggested.",
			visibleWhen: takenBy("rule", "judge"),
		}),
	approvers: z.array(z.string().max(320)).max(50).default([]).meta({
		label: "Who is asked",
		help: "Roles (operator, editor, admin, owner) or e-mail addresses. Empty: everyone who may run this workflow.",
		placeholder: "admin",
		visibleWhen: asks,
	}),
	waitSeconds: z.number().min(1).max(31_536_000).optional().meta({
		label: "Wait at most",
		help: "Then the suggestion is taken; without one the step fails. Empty: until the run times out.",
		widget: "duration",
		visibleWhen: asks,
		advanced: true,
	}),
	repository: z.string().trim().max(300).optional().meta({
		label: "Repository",
		help: "Who won, and at what price, is counted for each. Empty: the runs of this workflow count together.",
		placeholder: "acme/storefront",
		advanced: true,
	}),
});
export type SideBySideConfig = z.infer<typeof configSchema>;

const attemptSchema = z.object({
	name: z.string().meta({ label: "Name" }),
	agent: z.string().nullable().meta({ label: "Agent" }),
	model: z.string().nullable().meta({ label: "Model" }),
	ok: z.boolean().meta({ label: "Whether it succeeded" }),
	reason: z.string().meta({ label: "Why" }),
	files: z.int().meta({ label: "Files changed" }),
	added: z.int().meta({ label: "Lines added" }),
	removed: z.int().meta({ label: "Lines removed" }),
	tests: z.enum(["passed", "failed"]).nullable().meta({ label: "Tests; null where there are none" }),
	costUsd: z.number().nullable().meta({ label: "Cost ($); null if nobody knows" }),
	durationMs: z.number().nullable().meta({ label: "Milliseconds it worked" }),
});

const outputSchema = z.object({
	taken: z.string().nullable().meta({ label: "Name of the one that was taken; null for none" }),
	by: z.string().meta({ label: "Who took it: a name, rule, or judge" }),
	reason: z.string().meta({ label: "Why" }),
	summary: z.string().nullable().meta({ label: "What the taken one says at its end" }),
	files: z.array(z.string()).meta({ label: "Files changed by it", help: "The first 2,000." }),
	attempts: z.array(attemptSchema).meta({ label: "All of them" }),
});

export const sideBySideDefinition = defineNode({
	type: "side-by-side",
	title: "Side by side",
	description: "Compares what several coding agents made of one task, takes one of them and merges its changes.",
	icon: "columns-3",
	keywords: ["compare", "side by side", "judge", "choose", "pick", "best", "agents", "attempts", "take", "merge"],
	category: "ai",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["taken", "none"],
	portOf: (output) => (isObject(output) && typeof output.taken === "string" ? "taken" : "none"),
	config: configSchema,
	output: outputSchema,
	compares: ({ attempts }) => (isObject(attempts) ? attempts : {}),
	takes: ["object"],
	isDemo: ({ takenBy: who, provider = "demo" }) => who === "judge" && provider === "demo",
	summary: ({ attempts, takenBy: who = "person", provider, model }) => {
		const count = isObject(attempts) ? Object.keys(attempts).length : 0;
		if (count === 0) return "nothing to compare yet";
		const by = who === "judge" ? (modelOf({ provider, model }) ?? "demo") : who === "rule" ? "by a rule" : "by hand";
		return `${countOf(count, "attempt")}, ${by}`;
	},
});
