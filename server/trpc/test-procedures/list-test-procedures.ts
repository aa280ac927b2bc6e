import { accountProcedures } from "./account";
import { alertsProcedures } from "./alerts";
import { auditProcedures } from "./audit";
import { budgetsProcedures } from "./budgets";
import { commentsProcedures } from "./comments";
import { costsProcedures } from "./costs";
import { credentialsProcedures } from "./credentials";
import { failuresProcedures } from "./failures";
import { inboxProcedures } from "./inbox";
import { invitationsProcedures } from "./invitations";
import { membersProcedures } from "./members";
import { presenceProcedures } from "./presence";
import { promptsProcedures } from "./prompts";
import { runsProcedures } from "./runs";
import { sharingProcedures } from "./sharing";
import { stepsProcedures } from "./steps";
import { teamsProcedures } from "./teams";
import { templatesProcedures } from "./templates";
import type { RouterName, TestProcedure, TestProcedures } from "./test-procedure";
import { triggersProcedures } from "./triggers";
import { viewerProcedures } from "./viewer";
import { workersProcedures } from "./workers";
import { workflowsProcedures } from "./workflows";

/** In an order in which none takes from the next what it acts on: a run that is cancelled is no longer refused as a sample. */
const byRouter: { readonly [Router in RouterName]: TestProcedures<Router> } = {
	account: accountProcedures,
	alerts: alertsProcedures,
	audit: auditProcedures,
	budgets: budgetsProcedures,
	comments: commentsProcedures,
	failures: failuresProcedures,
	costs: costsProcedures,
	credentials: credentialsProcedures,
	inbox: inboxProcedures,
	invitations: invitationsProcedures,
	members: membersProcedures,
	presence: presenceProcedures,
	templates: templatesProcedures,
	prompts: promptsProcedures,
	runs: runsProcedures,
	sharing: sharingProcedures,
	steps: stepsProcedures,
	teams: teamsProcedures,
	triggers: triggersProcedures,
	viewer: viewerProcedures,
	workers: workersProcedures,
	workflows: workflowsProcedures,
};

/** Every procedure, by its name: `workflows.list`. */
export const testProcedures: ReadonlyMap<string, TestProcedure> = new Map(
	Object.entries(byRouter).flatMap(([router, procedures]) =>
		Object.entries<TestProcedure>(procedures).map(([name, procedure]) => [`${router}.${name}`, procedure] as const),
	),
);
