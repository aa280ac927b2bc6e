ALTER TABLE "template_versions" ADD COLUMN "sample_run" json;--> statement-breakpoint
ALTER TABLE "template_versions" ADD COLUMN "approved_at" timestamp with time zone;--> statement-breakpoint
UPDATE "template_versions" SET "approved_at" = "published_at" FROM "templates" WHERE "templates"."id" = "template_versions"."template_id" AND "templates"."approved_version" = "template_versions"."version";
