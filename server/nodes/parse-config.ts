import { z } from "zod";
import { FatalError } from "../errors";
import { explainProblem } from "../plan/validate/explain-problem";

/**
 * A config whose references are resolved, as its type takes it. The values stay out of the message, which says the
 * same as the editor: they may be secret.
 * @throws FatalError with what does not fit.
 */
export function parseConfig<Config extends z.ZodObject>(schema: Config, config: unknown): z.infer<Config> {
	const parsed = z.safeParse(schema, config);
	if (parsed.success) return parsed.data;
	const problems = parsed.error.issues.map((problem) => explainProblem(problem, schema, config));
	throw new FatalError(problems.slice(0, 5).join(" "));
}
