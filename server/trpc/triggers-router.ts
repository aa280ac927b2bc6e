import { countDeliveries, countDeliveriesInput } from "@/server/triggers/count-deliveries";
import { endFormerAddress, replaceAddress, showAddress } from "@/server/triggers/hooks/address/hook-address";
import { replayDeliveries, replayDeliveriesInput } from "@/server/triggers/hooks/replay-deliveries";
import { redeliver, redeliverInput, testFire, testFireInput } from "@/server/triggers/hooks/send-again";
import { listDeliveries, listDeliveriesInput } from "@/server/triggers/list-deliveries";
import { listTriggers, listTriggersInput } from "@/server/triggers/list-triggers";
import { pauseTrigger, pauseTriggerInput, resumeTrigger } from "@/server/triggers/pause-trigger";
import { readDelivery, readDeliveryInput } from "@/server/triggers/read-delivery";
import { readCalendar, readCalendarInput } from "@/server/triggers/schedule/read-calendar";
import {
	backfillSchedule,
	backfillScheduleInput,
	fireSchedule,
	fireScheduleInput,
} from "@/server/triggers/schedule/start-scheduled";
import {
	awaitTestEvent,
	cancelTestEvent,
	pinTestEvent,
	pinTestEventInput,
	unpinTestEvent,
} from "@/server/triggers/test-events/await-test-event";
import { listTestEvents } from "@/server/triggers/test-events/list-test-events";
import { readTestEvent, readTestEventInput } from "@/server/triggers/test-events/read-test-event";
import { triggerRefInput } from "@/server/triggers/trigger-ref";
import { workflowRefInput } from "@/server/workflows/workflow-ref";
import { procedure, router } from "./init";

export const triggersRouter = router({
	calendar: procedure.input(readCalendarInput).query(({ ctx, input }) => readCalendar(ctx.caller, input)),
	list: procedure.input(listTriggersInput).query(({ ctx, input }) => listTriggers(ctx.caller, input)),
	deliveries: procedure.input(listDeliveriesInput).query(({ ctx, input }) => listDeliveries(ctx.caller, input)),
	deliveryCounts: procedure.input(countDeliveriesInput).query(({ ctx, input }) => countDeliveries(ctx.caller, input)),
	delivery: procedure.input(readDeliveryInput).query(({ ctx, input }) => readDelivery(ctx.caller, input)),
	redeliver: procedure.input(redeliverInput).mutation(({ ctx, input }) => redeliver(ctx.caller, input)),
	testFire: procedure.input(testFireInput).mutation(({ ctx, input }) => testFire(ctx.caller, input)),
	replay: procedure.input(replayDeliveriesInput).query(({ ctx, input }) => replayDeliveries(ctx.caller, input)),
	address: procedure.input(triggerRefInput).query(({ ctx, input }) => showAddress(ctx.caller, input)),
	replaceAddress: procedure.input(triggerRefInput).mutation(({ ctx, input }) => replaceAddress(ctx.caller, input)),
	endFormerAddress: procedure.input(triggerRefInput).mutation(({ ctx, input }) => endFormerAddress(ctx.caller, input)),
	testEvents: procedure.input(workflowRefInput).query(({ ctx, input }) => listTestEvents(ctx.caller, input)),
	testEvent: procedure.input(readTestEventInput).query(({ ctx, input }) => readTestEvent(ctx.caller, input)),
	awaitTestEvent: procedure.input(triggerRefInput).mutation(({ ctx, input }) => awaitTestEvent(ctx.caller, input)),
	cancelTestEvent: procedure.input(triggerRefInput).mutation(({ ctx, input }) => cancelTestEvent(ctx.caller, input)),
	pinTestEvent: procedure.input(pinTestEventInput).mutation(({ ctx, input }) => pinTestEvent(ctx.caller, input)),
	unpinTestEvent: procedure.input(triggerRefInput).mutation(({ ctx, input }) => unpinTestEvent(ctx.caller, input)),
	pause: procedure.input(pauseTriggerInput).mutation(({ ctx, input }) => pauseTrigger(ctx.caller, input)),
	resume: procedure.input(triggerRefInput).mutation(({ ctx, input }) => resumeTrigger(ctx.caller, input)),
	fire: procedure.input(fireScheduleInput).mutation(({ ctx, input }) => fireSchedule(ctx.caller, input)),
	backfill: procedure.input(backfillScheduleInput).mutation(({ ctx, input }) => backfillSchedule(ctx.caller, input)),
});
