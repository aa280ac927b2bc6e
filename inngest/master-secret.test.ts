import { readdirSync, readFileSync } from "node:fs";
import { decode, encode } from "next-auth/jwt";
import { describe, expect, test } from "vitest";
import { isAddressToken, makeAddressToken } from "@/server/auth/address-links";
import { recognizeDevice, rememberDevice } from "@/server/auth/known-device";
import { makeTeamKey, unwrapKey } from "@/server/credentials/team-key";
import { deriveKeys, type MasterSecrets, type Purpose } from "@/server/derive-key";
import { isProof, proveVisit } from "@/server/sharing/link-password";
import { getWorkerKey, hasWorkerKey } from "./worker-key";

const OLD = "the secret before, of 32 characters or more";
const NEW = "the secret of today, of 32 characters or more";

interface Use {
	make(secrets: MasterSecrets): string | Promise<string>;
	accepts(secrets: MasterSecrets, made: string): boolean | Promise<boolean>;
	/** Made while the secret is replaced, it is also accepted where only the one before is known. */
	isForBoth?: true;
}

const person = { userId: "ada", email: "ada@example.com" };
const owner = { userId: "ada", passwordHash: "a" };
const link = { id: "link", passwordHash: "p" };
const cookieSecrets = (secrets: MasterSecrets) =>
	deriveKeys(secrets, "sessions").map((key) => key.toString("base64url"));

/** What is made by the master secret, and how it is taken back. A purpose without an entry does not compile. */
const USES: Record<Purpose, Use> = {
	addresses: {
		make: (secrets) => makeAddressToken(secrets, person),
		accepts: (secrets, token) => isAddressToken(secrets, token, person),
	},
	devices: {
		make: (secrets) => rememberDevice(secrets, undefined, owner),
		accepts: (secrets, cookie) => recognizeDevice(secrets, cookie, owner) !== undefined,
	},
	"share links": {
		make: (secrets) => proveVisit(secrets, link),
		accepts: (secrets, proof) => isProof(secrets, link, proof),
	},
	"team keys": {
		make: ([current]) => makeTeamKey(current, "team"),
		accepts: (secrets, wrapped) => succeeds(() => unwrapKey(secrets, "team", wrapped)),
	},
	"worker port": {
		make: (secrets) => getWorkerKey(secrets),
		accepts: (secrets, key) => hasWorkerKey(new URL(`http://127.0.0.1:3010/api/inngest?key=${key}`), secrets),
		// An Inngest server that was given it calls web and workers that have not been restarted yet.
		isForBoth: true,
	},
	// The cookies of Auth.js, while somebody is at GitHub or Google.
	sessions: {
		make: (secrets) => encode({ secret: cookieSecrets(secrets), salt: "state", token: { sub: "ada" } }),
		accepts: (secrets, token) => succeeds(() => decode({ secret: cookieSecrets(secrets), salt: "state", token })),
	},
};

async function succeeds(attempt: () => unknown): Promise<boolean> {
	return await Promise.resolve()
		.then(attempt)
		.then(
			() => true,
			() => false,
		);
}

describe.each(Object.entries(USES))(
	"while the master secret is replaced, what it makes for %s",
	(_, { make, accepts, isForBoth = false }) => {
		test("is accepted from before and from now, and no longer once the one before is taken away", async () => {
			const [before, now] = [await make([OLD]), await make([NEW, OLD])];
			expect([await accepts([NEW, OLD], before), await accepts([NEW, OLD], now)]).toEqual([true, true]);
			expect([await accepts([NEW], before), await accepts([NEW], now)]).toEqual([false, true]);
			expect(await accepts([OLD], now)).toBe(isForBoth);
		});
	},
);

test("nothing else derives a key from the master secret", () => {
	const files = ["app", "components", "db", "inngest", "server"].flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
	);
	const sources = files.filter((file) => /(?<!\.test)\.tsx?$/.test(file));
	const users = sources.filter((file) => /\b(?:deriveKeys?|hkdfSync)\(/.test(readFileSync(file, "utf8")));
	expect(users.sort()).toEqual([
		"inngest/worker-key.ts",
		"server/auth/auth.ts",
		"server/credentials/team-key.ts",
		"server/derive-key.ts",
		"server/signature.ts",
	]);
});
