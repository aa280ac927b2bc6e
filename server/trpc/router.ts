import { accountRouter } from "./account-router";
import { alertsRouter } from "./alerts-router";
import { auditRouter } from "./audit-router";
import { budgetsRouter } from "./budgets-router";
import { commentsRouter } from "./comments-router";
import { costsRouter } from "./costs-router";
import { credentialsRouter } from "./credentials-router";
import { failuresRouter } from "./failures-router";
import { inboxRouter } from "./inbox-router";
import { createCallerFactory, router } from "./init";
import { invitationsRouter } from "./invitations-router";
import { membersRouter } from "./members-router";
import { presenceRouter } from "./presence-router";
import { promptsRouter } from "./prompts-router";
import { runsRouter } from "./runs-router";
import { sharingRouter } from "./sharing-router";
import { stepsRouter } from "./steps-router";
import { teamsRouter } from "./teams-router";
import { templatesRouter } from "./templates-router";
import { triggersRouter } from "./triggers-router";
import { viewerRouter } from "./viewer-router";
import { workersRouter } from "./workers-router";
import { workflowsRouter } from "./workflows-router";

export const appRouter = router({
	viewer: viewerRouter,
	account: accountRouter,
	inbox: inboxRouter,
	workflows: workflowsRouter,
	templates: templatesRouter,
	prompts: promptsRouter,
	runs: runsRouter,
	steps: stepsRouter,
	presence: presenceRouter,
	credentials: credentialsRouter,
	comments: commentsRouter,
	sharing: sharingRouter,
	teams: teamsRouter,
	members: membersRouter,
	invitations: invitationsRouter,
	audit: auditRouter,
	alerts: alertsRouter,
	failures: failuresRouter,
	triggers: triggersRouter,
	workers: workersRouter,
	costs: costsRouter,
	budgets: budgetsRouter,
});

/** The only thing of the server that the browser's code knows. */
export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP: server components and tests. */
export const createCaller = createCallerFactory(appRouter);
