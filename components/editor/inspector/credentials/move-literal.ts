import { catalog, definitionOf } from "@/server/nodes/catalog";
import { setConfigField } from "@/server/plan/edits/set-config";
import { type ConfigText, textsOf } from "@/server/plan/expressions/field-rules";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { findLiteralSecrets, findSecretHeader, type LiteralSecret } from "@/server/plan/validate/find-literal-secrets";

interface Literal {
	/** What looks like a secret. */
	value: string;
	secret: LiteralSecret;
	text: ConfigText;
	nodeId: string;
}

/** The first text at an issue's place that looks like a secret; undefined where no reference can take its place. */
export function findLiteral(plan: Plan, { nodeId, field }: Issue): Literal | undefined {
	const node = plan.nodes.find(({ id }) => id === nodeId);
	const definition = node && definitionOf(node.type);
	if (!node || !definition) return undefined;
	const text = textsOf(node.config, definition).find((each) => each.field === field);
	// Code is left as it is written: there a reference would be nothing but text.
	if (!text || text.kind === "code" || text.kind === "cel") return undefined;
	const [secret] = [...findLiteralSecrets(text.text), ...findSecretHeader(text.path.at(-1) ?? "", text.text)];
	return secret && { value: text.text.slice(secret.start, secret.end), secret, text, nodeId: node.id };
}

/** The plan with a reference to a credential in the place of the text. */
export function moveLiteral(plan: Plan, issue: Issue, name: string): Plan {
	const found = findLiteral(plan, issue);
	if (!found) return plan;
	const { text, secret, nodeId } = found;
	const value = `${text.text.slice(0, secret.start)}{{ secrets.${name} }}${text.text.slice(secret.end)}`;
	return setConfigField(plan, { id: nodeId, path: text.path, value }, catalog);
}
