CREATE TABLE "agent_turns" (
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"iteration" text DEFAULT '' NOT NULL,
	"seq" integer NOT NULL,
	"entry" json NOT NULL,
	"sealed" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_turns_run_id_node_id_iteration_seq_pk" PRIMARY KEY("run_id","node_id","iteration","seq")
);
--> statement-breakpoint
ALTER TABLE "agent_turns" ADD CONSTRAINT "agent_turns_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;