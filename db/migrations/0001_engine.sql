CREATE SCHEMA "engine";
--> statement-breakpoint
CREATE TABLE "engine"."events" (
	"id" text PRIMARY KEY NOT NULL,
	"position" bigserial NOT NULL,
	"payload" text,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"handled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "engine"."idempotency_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "engine"."jobs" (
	"run_id" text NOT NULL,
	"step_id" text NOT NULL,
	"kind" text NOT NULL,
	"due_at" timestamp with time zone,
	"wait" text,
	"memo_size" integer NOT NULL,
	"running" boolean NOT NULL,
	"attempt" integer NOT NULL,
	"crashes" integer NOT NULL,
	CONSTRAINT "jobs_run_id_step_id_pk" PRIMARY KEY("run_id","step_id")
);
--> statement-breakpoint
CREATE TABLE "engine"."owner" (
	"one" boolean PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"taken_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "engine"."runs" (
	"id" text PRIMARY KEY NOT NULL,
	"function_id" text NOT NULL,
	"events" text NOT NULL,
	"parent_run_id" text,
	"parent_step_id" text,
	"concurrency_keys" text NOT NULL,
	"discover_at" timestamp with time zone,
	"running" boolean NOT NULL,
	"attempt" integer NOT NULL,
	"crashes" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "engine"."schedules" (
	"function_id" text NOT NULL,
	"cron" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	CONSTRAINT "schedules_function_id_cron_pk" PRIMARY KEY("function_id","cron")
);
--> statement-breakpoint
CREATE TABLE "engine"."steps" (
	"run_id" text NOT NULL,
	"step_id" text NOT NULL,
	"position" integer NOT NULL,
	"result" text NOT NULL,
	CONSTRAINT "steps_run_id_step_id_pk" PRIMARY KEY("run_id","step_id")
);
--> statement-breakpoint
CREATE INDEX "events_pending" ON "engine"."events" USING btree ("position") WHERE handled_at is null;--> statement-breakpoint
CREATE INDEX "events_handled" ON "engine"."events" USING btree ("handled_at") WHERE handled_at is not null;