import { z } from "zod";
import { jsonObjectSchema } from "../../../plan/values/json";
import { triggerIdSchema } from "../../trigger-id";

/** What a schedule may ask for at most. */
export const SCHEDULE_LIMITS = { cron: 200, excludedDates: 400, jitterSeconds: 3_600, missedRuns: 100 } as const;

/** Whether it can be read is told where plans are validated: what reads it is more than a drawing should need. */
const cronSchema = z.string().trim().min(1).max(SCHEDULE_LIMITS.cron);

export const timeZoneSchema = z
	.string()
	.max(64)
	.refine(isTimeZone, "Choose a time zone by its name, as in Europe/Berlin")
	.default("UTC");

const dateSchema = z.iso.date("Write a date as in 2027-12-24");
const momentSchema = z.iso.datetime({ offset: true, error: "Write a moment as in 2027-01-01T00:00:00Z" });

/** When a schedule fires: by a cron expression in a time zone, or each so many seconds. */
export const scheduleTimesSchema = z.strictObject({
	/** Five fields, or six with seconds first. */
	cron: cronSchema.optional(),
	/** Counted from `startsAt`, or from the beginning of 1970: editing anything else moves no time. */
	everySeconds: z.int().min(1).max(31_536_000).optional(),
	timeZone: timeZoneSchema,
	/** No time before it, and none after `endsAt`. */
	startsAt: momentSchema.optional(),
	endsAt: momentSchema.optional(),
	/** Days of the time zone on which it does not fire. */
	except: z.array(dateSchema).max(SCHEDULE_LIMITS.excludedDates).default([]),
});
export type ScheduleTimes = z.infer<typeof scheduleTimesSchema>;

export const scheduleConfigSchema = scheduleTimesSchema
	.extend({
		type: z.literal("schedule"),
		id: triggerIdSchema,
		/** Each run starts up to so much later, by a delay that is the same for the same time. */
		jitterSeconds: z.int().min(0).max(SCHEDULE_LIMITS.jitterSeconds).default(0),
		/** Times at which Weft did not run: left out, made up for by one run, or each by its own. */
		missed: z.enum(["skip", "once", "all"]).default("once"),
		missedRuns: z.int().min(1).max(SCHEDULE_LIMITS.missedRuns).default(10),
		/** While the run before has not ended. */
		overlap: z.enum(["skip", "queue", "both", "replace"]).default("skip"),
		/** What its runs fill in of the workflow's form. */
		inputs: jsonObjectSchema.default({}),
		/** Pauses itself after so many failed runs in a row. */
		pauseAfterFailures: z.int().min(1).max(100).optional(),
	})
	.superRefine(({ cron, everySeconds, startsAt, endsAt }, context) => {
		if ((cron === undefined) === (everySeconds === undefined)) {
			const message = "Give a schedule either a cron expression or an interval";
			context.addIssue({ code: "custom", path: ["cron"], message });
		}
		if (startsAt !== undefined && endsAt !== undefined && Date.parse(startsAt) >= Date.parse(endsAt)) {
			context.addIssue({ code: "custom", path: ["endsAt"], message: "The end must be after the start" });
		}
	});
export type ScheduleConfig = z.infer<typeof scheduleConfigSchema>;

function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: name });
		// An offset is accepted by newer engines alone, and follows no change of clocks.
		return !/^[+-]/.test(name);
	} catch {
		return false;
	}
}
