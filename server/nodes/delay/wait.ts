import type { Wait } from "../wait";
import type { delayDefinition } from "./definition";
import { wakeTime } from "./wake-time";

export const delayWait: Wait<typeof delayDefinition> = {
	endsBy: "time",
	begin: (config, now) => ({ for: "delay", until: wakeTime(config, now) }),
	resume: (_, { isOver, now }) => (isOver ? { output: { wokeAt: now.toISOString() } } : undefined),
};
