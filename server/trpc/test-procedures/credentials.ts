import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const credentialsProcedures = {
	list: {
		request: ({ team }) => ({ team }),
		rule: { least: "operator", call: (client, { team }) => client.credentials.list({ team }) },
		worst: FITS,
	},
	set: {
		request: ({ team }) => ({ team, name: "NEW", type: "token", values: { token: "a" }, personal: false, mode: "any" }),
		rule: {
			least: "admin",
			call: (client, { team }) =>
				client.credentials.set({ team, name: "NEW", type: "token", values: { token: "value" } }),
		},
		asks: ["credential:own", "credential:manage"],
		worst: { input: () => ({ values: { token: "v".repeat(64_000) } }), ...FITS },
	},
	test: {
		request: ({ team, credentialId }) => ({ team, id: credentialId, url: "http://127.0.0.1:9/" }),
		rule: {
			least: "admin",
			aimsAt: "credential",
			call: (client, { team, credentialId }) =>
				client.credentials.test({ team, id: credentialId, url: "http://127.0.0.1:9/" }),
		},
		asks: ["credential:own", "credential:manage"],
		worst: { input: () => ({ url: `http://127.0.0.1:9/${"a".repeat(1_900)}` }), ...FITS },
	},
	testValues: {
		request: ({ team }) => ({ team, type: "token", values: { token: "a" }, url: "http://127.0.0.1:9/" }),
		rule: {
			least: "operator",
			call: (client, { team }) =>
				client.credentials.testValues({
					...{ team, type: "token", values: { token: "value" }, url: "http://127.0.0.1:9/" },
				}),
		},
		asks: ["credential:own"],
		worst: {
			input: () => ({ values: { token: "v".repeat(64_000) }, url: `http://127.0.0.1:9/${"a".repeat(1_900)}` }),
			...FITS,
		},
	},
	remove: {
		request: ({ team, credentialId }) => ({ team, id: credentialId }),
		rule: {
			least: "admin",
			aimsAt: "credential",
			call: (client, { team, credentialId }) => client.credentials.remove({ team, id: credentialId }),
		},
		asks: ["credential:own", "credential:manage"],
		worst: FITS,
	},
} satisfies TestProcedures<"credentials">;
