import type { Execute } from "../execute-context";
import type { tallyDefinition } from "./definition";

export const executeTally: Execute<typeof tallyDefinition> = async ({ count, limit, most }) => ({
	output: { over: limit === "at-most" && most !== undefined && count > most },
});
