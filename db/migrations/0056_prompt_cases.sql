CREATE TABLE "prompt_cases" (
	"id" text PRIMARY KEY NOT NULL,
	"prompt_id" text NOT NULL,
	"name" text NOT NULL,
	"variables" json NOT NULL,
	"expectation" json NOT NULL,
	"result" json,
	"saved_by" text,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "prompt_cases" ADD CONSTRAINT "prompt_cases_prompt_id_prompts_id_fk" FOREIGN KEY ("prompt_id") REFERENCES "public"."prompts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_cases" ADD CONSTRAINT "prompt_cases_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_cases_name" ON "prompt_cases" USING btree ("prompt_id","name");