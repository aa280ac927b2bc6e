import type { AnyMutationProcedure } from "@trpc/server";
import type { Plan } from "@/server/plan/plan";
import type { Permission, Role } from "@/server/teams/permissions";
import type { AppRouter, createCaller } from "../router";

/** What a test's requests act on. */
export interface Target {
	team: string;
	slug: string;
	runId: string;
	credentialId: string;
	linkId: string;
	/** A member of the team. */
	memberId: string;
	invitationId: string;
}

export type Client = ReturnType<typeof createCaller>;

/** Who may call it. */
interface Rule {
	/** The lowest role. */
	least: Role;
	/** A call that is right. */
	call: (client: Client, target: Target) => Promise<unknown>;
	/** What it acts on belongs to a team: naming one's own team with it must not help. */
	aimsAt?: "workflow" | "run" | "credential" | "link" | "prompt" | "member" | "invitation";
}

/** What a worst request may have made first. */
export interface WorstMaker {
	makeWorkflow(plan: Plan): Promise<{ team: string; slug: string }>;
	makeRun(): Promise<{ runId: string }>;
	/** As many comments as a run may have, as long as they may be. */
	fillComments(runId: string): Promise<object>;
}

/** What makes a request the worst that is allowed, beside all that it acts on; "refused" where it is not allowed. */
interface Worst {
	input?: (target: Target, maker: WorstMaker) => object | Promise<object>;
	answers: "within its share" | "too large" | "refused";
}

interface TestQuery {
	/** A request that is right, with everything filled in that it can say. */
	request: (target: Target) => object;
	/** Of those that name a team. */
	rule?: Rule;
	worst: Worst;
}

interface TestMutation extends TestQuery {
	/**
	 * The permission that its control asks for: of a change of the team's own things the last, of one's own the first. In
	 * words: why it asks for none.
	 */
	asks: readonly Permission[] | string;
	/** Why it writes nothing into the audit log; left out of what writes. */
	unaudited?: string;
}

/** All that the tests over all procedures know of one. */
export type TestProcedure = TestQuery & Partial<TestMutation>;

type Routers = AppRouter["_def"]["record"];
export type RouterName = keyof Routers;

/** One for each procedure of a router: none may be missing. */
export type TestProcedures<Router extends RouterName> = {
	readonly [Name in keyof Routers[Router]]: Routers[Router][Name] extends AnyMutationProcedure
		? TestMutation
		: TestQuery;
};
