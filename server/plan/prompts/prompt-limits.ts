/** `text`: characters of a prompt's file. `rendered`: characters of what it becomes. `depth`: blocks inside blocks. */
export const PROMPT_LIMITS = {
	text: 200_000,
	rendered: 2_000_000,
	/** Values, names of their paths and repetitions that one rendering looks at. */
	work: 500_000,
	depth: 30,
	variables: 100,
	/** Characters of the JSON schema of the variables. */
	schema: 8_000,
	name: 64,
	description: 500,
	note: 500,
	/** Prompts of a team, and versions of a prompt. */
	prompts: 500,
	versions: 1_000,
	/** Test cases of a prompt; characters of the values of one, and of what it expects. */
	cases: 50,
	caseValues: 20_000,
	expected: 8_000,
	/** Files of one import. */
	files: 200,
} as const;
