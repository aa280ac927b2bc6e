CREATE TABLE "test_events" (
	"workflow_id" text NOT NULL,
	"key" text NOT NULL,
	"type" text NOT NULL,
	"until" timestamp with time zone,
	"wait_id" text,
	"since" timestamp with time zone,
	"started_by" text,
	"config" json,
	"form" json,
	"hook_id" text,
	"problem" text,
	"request" json,
	"event_id" text,
	"received_at" timestamp with time zone,
	CONSTRAINT "test_events_workflow_id_key_pk" PRIMARY KEY("workflow_id","key")
);
--> statement-breakpoint
ALTER TABLE "test_events" ADD CONSTRAINT "test_events_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_events" ADD CONSTRAINT "test_events_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_events" ADD CONSTRAINT "test_events_hook_id_hooks_id_fk" FOREIGN KEY ("hook_id") REFERENCES "public"."hooks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "test_events_hook" ON "test_events" USING btree ("hook_id") WHERE until is not null;--> statement-breakpoint
CREATE INDEX "test_events_waiting" ON "test_events" USING btree ("type") WHERE until is not null;