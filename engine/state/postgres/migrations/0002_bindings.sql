CREATE TABLE "syncctl"."bindings" (
	"mapping" text collate "C" PRIMARY KEY NOT NULL,
	"accounts" json NOT NULL,
	"system_of_record" text collate "C" NOT NULL,
	"at" timestamp with time zone NOT NULL
);
