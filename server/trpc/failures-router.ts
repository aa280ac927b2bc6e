import { failurePlaceInput } from "@/server/failures/destination-ref";
import { listDestinations } from "@/server/failures/list-destinations";
import {
	removeDestination,
	removeDestinationInput,
	setDestination,
	setDestinationInput,
} from "@/server/failures/set-destination";
import { setFailureRule, setFailureRuleInput } from "@/server/failures/set-failure-rule";
import { testDestination, testDestinationInput } from "@/server/failures/test-destination";
import { procedure, router } from "./init";

/** Where teams and workflows tell of failed runs. */
export const failuresRouter = router({
	list: procedure.input(failurePlaceInput).query(({ ctx, input }) => listDestinations(ctx.caller, input)),
	set: procedure.input(setDestinationInput).mutation(({ ctx, input }) => setDestination(ctx.caller, input)),
	remove: procedure.input(removeDestinationInput).mutation(({ ctx, input }) => removeDestination(ctx.caller, input)),
	test: procedure.input(testDestinationInput).mutation(({ ctx, input }) => testDestination(ctx.caller, input)),
	setRule: procedure.input(setFailureRuleInput).mutation(({ ctx, input }) => setFailureRule(ctx.caller, input)),
});
