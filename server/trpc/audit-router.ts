import { auditFilterInput } from "@/server/teams/audit/audit-filter";
import { countAudit, listAudit, listAuditInput } from "@/server/teams/audit/list-audit";
import { procedure, router } from "./init";

export const auditRouter = router({
	list: procedure.input(listAuditInput).query(({ ctx, input }) => listAudit(ctx.caller, input)),
	count: procedure.input(auditFilterInput).query(({ ctx, input }) => countAudit(ctx.caller, input)),
});
