import type { Plan } from "@/server/plan/plan";
import { tidyPlan } from "./tidy-plan";

/** Lays plans out beside the page, so that a large one does not hold it up. */
addEventListener("message", ({ data }: MessageEvent<Plan>) => postMessage(tidyPlan(data)));
