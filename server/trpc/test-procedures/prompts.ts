import { testPromptText } from "@/server/prompts/test-prompts";
import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

const SAMPLE = testPromptText("sample", "Hello {{who}}");
const newCase = (team: string) => ({
	...{ team, prompt: "sample", name: crypto.randomUUID(), variables: { who: "you" } },
	expectation: { kind: "contains" as const, text: "you" },
});
const newText = () => testPromptText(`p-${crypto.randomUUID()}`, "Hello");

export const promptsProcedures = {
	list: {
		request: ({ team }) => ({ team }),
		rule: { least: "viewer", call: (client, { team }) => client.prompts.list({ team }) },
		worst: FITS,
	},
	get: {
		request: ({ team }) => ({ team, prompt: "sample", version: 1 }),
		rule: {
			least: "viewer",
			aimsAt: "prompt",
			call: (client, { team }) => client.prompts.get({ team, prompt: "sample" }),
		},
		worst: FITS,
	},
	cases: {
		request: ({ team }) => ({ team, prompt: "sample" }),
		rule: {
			least: "viewer",
			aimsAt: "prompt",
			call: (client, { team }) => client.prompts.cases({ team, prompt: "sample" }),
		},
		worst: FITS,
	},
	samples: {
		request: ({ team }) => ({ team, prompt: "sample" }),
		rule: {
			least: "viewer",
			aimsAt: "prompt",
			call: (client, { team }) => client.prompts.samples({ team, prompt: "sample" }),
		},
		worst: FITS,
	},
	saveCase: {
		request: ({ team }) => ({ ...newCase(team), id: "none" }),
		rule: {
			least: "editor",
			aimsAt: "prompt",
			call: (client, { team }) => client.prompts.saveCase(newCase(team)),
		},
		asks: ["prompt:edit"],
		worst: { input: () => ({ id: undefined, variables: { who: "x".repeat(19_000) } }), ...FITS },
	},
	removeCase: {
		request: ({ team }) => ({ team, prompt: "sample", id: "none" }),
		rule: {
			least: "editor",
			aimsAt: "prompt",
			call: async (client, { team }) => {
				const { id } = await client.prompts.saveCase(newCase(team));
				await client.prompts.removeCase({ team, prompt: "sample", id });
			},
		},
		asks: ["prompt:edit"],
		worst: FITS,
	},
	create: {
		request: ({ team }) => ({ team, text: newText() }),
		rule: {
			least: "editor",
			call: async (client, { team }) => {
				const { name } = await client.prompts.create({ team, text: newText() });
				await client.prompts.remove({ team, prompt: name });
			},
		},
		asks: ["prompt:edit"],
		worst: { input: () => ({ text: testPromptText("worst", "x".repeat(199_000)) }), ...FITS },
	},
	save: {
		request: ({ team }) => ({ team, prompt: "sample", text: SAMPLE, version: 1, note: "a" }),
		rule: {
			least: "editor",
			aimsAt: "prompt",
			call: (client, { team }) => client.prompts.save({ team, prompt: "sample", text: SAMPLE, version: 1 }),
		},
		asks: ["prompt:edit"],
		worst: { input: () => ({ text: testPromptText("sample", "x".repeat(199_000)) }), ...FITS },
	},
	remove: {
		request: ({ team }) => ({ team, prompt: "sample" }),
		rule: {
			least: "editor",
			call: async (client, { team }) => {
				const { name } = await client.prompts.create({ team, text: newText() });
				await client.prompts.remove({ team, prompt: name });
			},
		},
		asks: ["prompt:edit"],
		worst: FITS,
	},
	importFiles: {
		request: ({ team }) => ({ team, files: [{ path: "a.md", text: newText() }] }),
		rule: {
			least: "editor",
			call: (client, { team }) => client.prompts.importFiles({ team, files: [{ path: "sample.md", text: SAMPLE }] }),
		},
		asks: ["prompt:edit"],
		worst: {
			input: () => ({ files: Array.from({ length: 200 }, (_, n) => ({ path: `${n}.md`, text: "{{".repeat(9_000) })) }),
			...FITS,
		},
	},
} satisfies TestProcedures<"prompts">;
