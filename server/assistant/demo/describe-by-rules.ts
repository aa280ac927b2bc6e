import type { Plan } from "@/server/plan/plan";
import { changeByRules } from "./change-by-rules";
import type { DemoLine } from "./demo-writer";
import { findInputs } from "./find-inputs";
import { findTriggers } from "./find-triggers";
import { holdQuoted, splitClauses } from "./phrases";
import { PlanSketch } from "./plan-sketch";
import { SentenceDrawer } from "./sentence-drawer";

export interface DemoRequest {
	text: string;
	plan: Plan;
	credentials: readonly string[];
}

export const DEMO_NOTE =
	"This is the demo: it draws by known words, without a language model. With a model’s key (settings, credentials) any description works.";

/** The lines that a description asks for, by known words alone. The same text makes the same lines. */
export function describeByRules({ text, plan, credentials }: DemoRequest): DemoLine[] {
	const held = holdQuoted(text);
	const sketch = new PlanSketch(plan, held, credentials);
	const found = findTriggers(held, sketch);
	const rest = findInputs(found.rest, sketch);
	sketch.lines.push(...found.triggers.map((line) => takePlace(line, plan)));
	sketch.value = found.value ?? sketch.value;
	const changed = plan.nodes.length > 0 ? changeByRules(rest, sketch) : { rest, end: () => {} };
	if (changed.rest.trim() !== "") {
		const drawer = new SentenceDrawer(sketch);
		for (const clauses of splitClauses(changed.rest)) drawer.draw(clauses);
		drawer.end();
		for (const words of drawer.unknown.slice(0, 3))
			sketch.note(`Not understood: “${held.plain(words).slice(0, 160)}”.`);
	}
	changed.end();
	return sketch.lines.length === 0 ? [NOTHING, DEMO_NOTE] : [...sketch.lines, DEMO_NOTE];
}

const NOTHING =
	"The demo found no steps in it. Try: every day at 9 fetch https://example.com, summarise it, then post it to Slack.";

/** A schedule that is asked for takes the place of the one that there is. */
function takePlace(line: DemoLine, plan: Plan): DemoLine {
	if (typeof line === "string" || line.do !== "trigger") return line;
	const known = plan.triggers.find((trigger) => trigger.type === line.trigger.type);
	return known && "id" in known && "id" in line.trigger
		? { ...line, trigger: { ...line.trigger, id: known.id } }
		: line;
}
