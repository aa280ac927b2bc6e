import type { ScheduleConfig } from "@/server/triggers/schedule/times/schedule-config";

export interface ScheduleProps {
	schedule: ScheduleConfig;
	/** Writes it; false when the plan cannot hold it. */
	write: (schedule: ScheduleConfig) => boolean;
}
