import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/router";

/** What each procedure is asked: `Inputs["workflows"]["list"]`. */
export type Inputs = inferRouterInputs<AppRouter>;
/** What each procedure answers: `Outputs["workflows"]["list"]`. */
export type Outputs = inferRouterOutputs<AppRouter>;
/** One piece of news of a stream. */
export type Streamed<Stream> = Stream extends AsyncIterable<infer Item> ? Item : never;
