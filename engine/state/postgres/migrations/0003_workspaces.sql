-- Put in order by hand: drizzle-kit does not know the names of keys that were made with their column, and a key cannot go
-- before what refers to it.
ALTER TABLE "syncctl"."bindings" ADD COLUMN "workspace" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "syncctl"."intents" ADD COLUMN "workspace" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "syncctl"."leases" ADD COLUMN "workspace" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "syncctl"."links" ADD COLUMN "workspace" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "syncctl"."readings" ADD COLUMN "workspace" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "syncctl"."run_entries" ADD COLUMN "workspace" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "syncctl"."runs" ADD COLUMN "workspace" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "syncctl"."runs" ADD COLUMN "request" text collate "C";--> statement-breakpoint
ALTER TABLE "syncctl"."run_entries" DROP CONSTRAINT "run_entries_run_id_runs_run_id_fk";--> statement-breakpoint
ALTER TABLE "syncctl"."links" DROP CONSTRAINT "links_mapping_rule_source_id_pk";--> statement-breakpoint
ALTER TABLE "syncctl"."readings" DROP CONSTRAINT "readings_connection_stream_pk";--> statement-breakpoint
ALTER TABLE "syncctl"."run_entries" DROP CONSTRAINT "run_entries_run_id_sequence_pk";--> statement-breakpoint
ALTER TABLE "syncctl"."bindings" DROP CONSTRAINT "bindings_pkey";--> statement-breakpoint
ALTER TABLE "syncctl"."intents" DROP CONSTRAINT "intents_pkey";--> statement-breakpoint
ALTER TABLE "syncctl"."leases" DROP CONSTRAINT "leases_pkey";--> statement-breakpoint
ALTER TABLE "syncctl"."runs" DROP CONSTRAINT "runs_pkey";--> statement-breakpoint
DROP INDEX "syncctl"."intents_source";--> statement-breakpoint
DROP INDEX "syncctl"."links_target";--> statement-breakpoint
DROP INDEX "syncctl"."run_entries_status";--> statement-breakpoint
DROP INDEX "syncctl"."runs_plan";--> statement-breakpoint
DROP INDEX "syncctl"."runs_newest";--> statement-breakpoint
ALTER TABLE "syncctl"."bindings" ADD CONSTRAINT "bindings_workspace_mapping_pk" PRIMARY KEY("workspace","mapping");--> statement-breakpoint
ALTER TABLE "syncctl"."intents" ADD CONSTRAINT "intents_change_id_workspace_pk" PRIMARY KEY("change_id","workspace");--> statement-breakpoint
ALTER TABLE "syncctl"."leases" ADD CONSTRAINT "leases_workspace_name_pk" PRIMARY KEY("workspace","name");--> statement-breakpoint
ALTER TABLE "syncctl"."links" ADD CONSTRAINT "links_source_id_rule_mapping_workspace_pk" PRIMARY KEY("source_id","rule","mapping","workspace");--> statement-breakpoint
ALTER TABLE "syncctl"."readings" ADD CONSTRAINT "readings_workspace_connection_stream_pk" PRIMARY KEY("workspace","connection","stream");--> statement-breakpoint
ALTER TABLE "syncctl"."run_entries" ADD CONSTRAINT "run_entries_run_id_sequence_workspace_pk" PRIMARY KEY("run_id","sequence","workspace");--> statement-breakpoint
ALTER TABLE "syncctl"."runs" ADD CONSTRAINT "runs_run_id_workspace_pk" PRIMARY KEY("run_id","workspace");--> statement-breakpoint
CREATE INDEX "runs_request" ON "syncctl"."runs" USING btree ("request");--> statement-breakpoint
CREATE INDEX "runs_age" ON "syncctl"."runs" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "intents_source" ON "syncctl"."intents" USING btree ("workspace","mapping","rule","source_id");--> statement-breakpoint
CREATE UNIQUE INDEX "links_target" ON "syncctl"."links" USING btree ("workspace","mapping","target_connection","target_stream","target_id");--> statement-breakpoint
CREATE INDEX "run_entries_status" ON "syncctl"."run_entries" USING btree ("run_id","status","workspace");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_plan" ON "syncctl"."runs" USING btree ("plan_id","workspace");--> statement-breakpoint
CREATE INDEX "runs_newest" ON "syncctl"."runs" USING btree ("workspace","started_at","position");--> statement-breakpoint
ALTER TABLE "syncctl"."run_entries" ADD CONSTRAINT "run_entries_run_id_workspace_runs_run_id_workspace_fk" FOREIGN KEY ("run_id","workspace") REFERENCES "syncctl"."runs"("run_id","workspace") ON DELETE no action ON UPDATE no action;
