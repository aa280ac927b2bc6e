CREATE TABLE "hook_checks" (
	"trigger_id" text PRIMARY KEY NOT NULL,
	"checked_at" timestamp with time zone,
	"next_at" timestamp with time zone NOT NULL,
	"problem" text
);
--> statement-breakpoint
ALTER TABLE "hook_checks" ADD CONSTRAINT "hook_checks_trigger_id_triggers_id_fk" FOREIGN KEY ("trigger_id") REFERENCES "public"."triggers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "hook_checks_next" ON "hook_checks" USING btree ("next_at");