CREATE TABLE "workflow_pins" (
	"workflow_id" text NOT NULL,
	"node_id" text NOT NULL,
	"output" jsonb NOT NULL,
	"pinned_by" text,
	"pinned_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workflow_pins_workflow_id_node_id_pk" PRIMARY KEY("workflow_id","node_id")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "workflow_visitors" (
	"workflow_id" text NOT NULL,
	"user_id" text NOT NULL,
	"tab" text NOT NULL,
	"selected" text[] NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workflow_visitors_workflow_id_user_id_tab_pk" PRIMARY KEY("workflow_id","user_id","tab")
);
--> statement-breakpoint
DROP INDEX "runs_workflow_number";--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "kind" text DEFAULT 'workflow' NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "pinned" jsonb;--> statement-breakpoint
ALTER TABLE "workflows" ADD COLUMN "saved_by" text;--> statement-breakpoint
ALTER TABLE "workflows" ADD COLUMN "saved_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "workflows" ADD COLUMN "save_id" text;--> statement-breakpoint
UPDATE "workflows" SET "saved_by" = "created_by", "saved_at" = "updated_at";--> statement-breakpoint
ALTER TABLE "workflow_pins" ADD CONSTRAINT "workflow_pins_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_pins" ADD CONSTRAINT "workflow_pins_pinned_by_users_id_fk" FOREIGN KEY ("pinned_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_visitors" ADD CONSTRAINT "workflow_visitors_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_visitors" ADD CONSTRAINT "workflow_visitors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_tries" ON "runs" USING btree ("workflow_id","created_at") WHERE kind = 'try';--> statement-breakpoint
CREATE UNIQUE INDEX "runs_workflow_number" ON "runs" USING btree ("workflow_id","number") WHERE kind <> 'try';