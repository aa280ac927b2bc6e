ALTER TABLE "runs" ADD COLUMN "requests" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "requested_at" timestamp with time zone DEFAULT now() NOT NULL;