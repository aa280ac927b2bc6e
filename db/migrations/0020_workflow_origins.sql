CREATE TABLE "workflow_origins" (
	"workflow_id" text PRIMARY KEY NOT NULL,
	"template" text NOT NULL,
	"version" integer NOT NULL,
	"base" json NOT NULL,
	"used_by" text,
	"used_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "workflow_origins" ADD CONSTRAINT "workflow_origins_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_origins" ADD CONSTRAINT "workflow_origins_used_by_users_id_fk" FOREIGN KEY ("used_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "workflow_origins_template" ON "workflow_origins" USING btree ("template");