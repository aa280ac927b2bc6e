import { tidyPlan } from "@/components/editor/tidying/tidy-plan";
import { catalog } from "../../server/nodes/catalog";
import { type Plan, planSchema } from "../../server/plan/plan";
import { validatePlan } from "../../server/plan/validate/validate-plan";

const BLOCK = 10;

/**
 * A workflow as people draw them, as Tidy up leaves it: blocks of ten steps, each with a choice whose branches meet again
 * and a for-each with two steps inside. Every step reads what earlier ones made; nothing is wrong with it.
 * @param size a multiple of ten.
 */
export function makeLargePlan(size: number): Plan {
	const blocks = Array.from({ length: size / BLOCK }, (_, index) => index);
	const drawn = planSchema.parse({ version: 1, nodes: blocks.flatMap(nodesOf), edges: blocks.flatMap(edgesOf) });
	const places = new Map(tidyPlan(drawn).nodes);
	const plan = {
		...drawn,
		nodes: drawn.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position })),
	};
	const [problem] = validatePlan(plan, { definitions: catalog });
	if (problem) throw new Error(`The plan has a problem: ${problem.message}`);
	return plan;
}

function nodesOf(block: number) {
	const id = (name: string) => `${name}_${block}`;
	const output = (name: string) => `steps.${id(name)}.output`;
	const before = block === 0 ? "" : `{{ steps.wait_${block - 1}.output.wokeAt }}`;
	const node = (name: string, type: string, config: object) => ({
		id: id(name),
		type,
		name: `${name} ${block}`,
		config,
	});
	return [
		node("fetch", "shell", { command: `echo "after ${before}"\necho '["a", "b"]'` }),
		node("ask", "http-request", { url: `https://example.com/{{ ${output("fetch")}.stdout }}/${block}` }),
		node("choose", "condition", { when: `${output("ask")}.status == 200` }),
		node("shape", "transform", {
			input: { text: `{{ ${output("ask")}.body }}`, block },
			code: "return Object.entries(input).map(([key, value]) => ({ key, value }));",
		}),
		node("note", "comment", { text: `It answered {{ ${output("ask")}.status }}.` }),
		{ ...node("meet", "shell", { command: `echo {{ ${output("fetch")}.stdout }}` }), join: "any" },
		node("each", "for-each", { items: `{{ ${output("ask")}.body }}`, parallel: 4 }),
		{ ...node("knock", "http-request", { url: "https://example.com/{{ item }}" }), parent: id("each") },
		{
			...node("keep", "transform", {
				input: { status: `{{ ${output("knock")}.status }}` },
				code: "return input.status;",
			}),
			parent: id("each"),
		},
		node("wait", "delay", { seconds: 5 }),
	];
}

function edgesOf(block: number) {
	const edge = (from: string, to: string, port = "out") => ({ from: `${from}_${block}`, port, to: `${to}_${block}` });
	const start = block === 0 ? [] : [{ from: `wait_${block - 1}`, port: "out", to: `fetch_${block}` }];
	return [
		...start,
		edge("fetch", "ask"),
		edge("ask", "choose"),
		edge("choose", "shape", "true"),
		edge("choose", "note", "false"),
		edge("shape", "meet"),
		edge("note", "meet"),
		edge("meet", "each"),
		edge("knock", "keep"),
		edge("each", "wait"),
	];
}
