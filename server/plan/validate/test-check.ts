import type { Issue } from "../issue";
import { testDefinitions } from "../test-definitions";
import { type TestEdge, type TestNode, testPlan } from "../test-plan";
import { validatePlan } from "./validate-plan";

/** The issues of a plan of these nodes and edges. */
export function checkPlan(nodes: readonly TestNode[], edges?: readonly TestEdge[], rest?: object): Issue[] {
	const credentials = ["github_token", "db", "db.host", "db.port", "login.user", "login.password"];
	return validatePlan(testPlan(nodes.map(nameStep), edges, rest), { definitions: testDefinitions, credentials });
}

/** `cycle b edges`: what is wrong and where. */
export function brief(issues: readonly Issue[]): string[] {
	return issues.map(({ nodeId, field, code }) => [code, nodeId, field].filter(Boolean).join(" "));
}

/** By its id in capitals, so that a message shows which of the two it tells. */
function nameStep(node: TestNode): TestNode {
	const given = typeof node === "string" ? { id: node } : node;
	return { name: given.id.toUpperCase(), ...given };
}
