import { countAlerts } from "@/server/triggers/alertmanager/read/count-alerts";
import { listAlerts, listAlertsInput } from "@/server/triggers/alertmanager/read/list-alerts";
import { listSilences } from "@/server/triggers/alertmanager/read/list-silences";
import { readAlert, readAlertInput } from "@/server/triggers/alertmanager/read/read-alert";
import { teamInput } from "@/server/workflows/workflow-ref";
import { procedure, router } from "./init";

export const alertsRouter = router({
	list: procedure.input(listAlertsInput).query(({ ctx, input }) => listAlerts(ctx.caller, input)),
	read: procedure.input(readAlertInput).query(({ ctx, input }) => readAlert(ctx.caller, input)),
	count: procedure.input(teamInput).query(({ ctx, input }) => countAlerts(ctx.caller, input)),
	silences: procedure.input(teamInput).query(({ ctx, input }) => listSilences(ctx.caller, input)),
});
