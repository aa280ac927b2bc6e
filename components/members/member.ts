import type { Outputs } from "../trpc/types";

export type Member = Outputs["members"]["list"][number];
