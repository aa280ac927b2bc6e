CREATE TABLE "loop_iterations" (
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"iteration" text NOT NULL,
	"stop" boolean NOT NULL,
	"problem" text,
	"vars" json NOT NULL,
	CONSTRAINT "loop_iterations_run_id_node_id_iteration_pk" PRIMARY KEY("run_id","node_id","iteration")
);
--> statement-breakpoint
ALTER TABLE "loop_iterations" ADD CONSTRAINT "loop_iterations_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;