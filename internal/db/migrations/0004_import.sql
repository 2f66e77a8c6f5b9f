-- +goose Up
CREATE TABLE directory_import (
	id TEXT NOT NULL PRIMARY KEY,
	source TEXT NOT NULL,
	made_by TEXT NOT NULL,
	made BIGINT NOT NULL,
	added INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	back INTEGER NOT NULL,
	gone INTEGER NOT NULL,
	rejected INTEGER NOT NULL,
	undone BIGINT
);
CREATE INDEX directory_import_made ON directory_import (made);

CREATE TABLE directory_import_record (
	import TEXT NOT NULL REFERENCES directory_import (id) ON DELETE CASCADE,
	subject TEXT NOT NULL,
	record TEXT NOT NULL,
	before TEXT NOT NULL,
	after TEXT NOT NULL,
	undone BIGINT,
	PRIMARY KEY (import, subject, record)
);
