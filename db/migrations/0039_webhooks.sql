CREATE TABLE "delivery_keys" (
	"trigger_id" text NOT NULL,
	"key_hash" text NOT NULL,
	"delivery_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "delivery_keys_trigger_id_key_hash_pk" PRIMARY KEY("trigger_id","key_hash")
);
--> statement-breakpoint
CREATE TABLE "hooks" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"workflow_id" text,
	"key" text NOT NULL,
	"token_hash" text NOT NULL,
	"sealed" text NOT NULL,
	"former_hash" text,
	"former_sealed" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"rotated_at" timestamp with time zone,
	CONSTRAINT "hooks_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "hooks_former_hash_unique" UNIQUE("former_hash"),
	CONSTRAINT "hooks_key" UNIQUE NULLS NOT DISTINCT("team_id","workflow_id","key")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "latency_ms" integer;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "redelivery_of" text;--> statement-breakpoint
ALTER TABLE "triggers" ADD COLUMN "hook_id" text;--> statement-breakpoint
ALTER TABLE "delivery_keys" ADD CONSTRAINT "delivery_keys_trigger_id_triggers_id_fk" FOREIGN KEY ("trigger_id") REFERENCES "public"."triggers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hooks" ADD CONSTRAINT "hooks_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hooks" ADD CONSTRAINT "hooks_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_keys_expires" ON "delivery_keys" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_hook_id_hooks_id_fk" FOREIGN KEY ("hook_id") REFERENCES "public"."hooks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "triggers_hook" ON "triggers" USING btree ("hook_id");