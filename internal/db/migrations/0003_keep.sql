-- +goose Up
CREATE TABLE directory_keeper (
	place TEXT NOT NULL PRIMARY KEY REFERENCES directory_place (id),
	mail TEXT NOT NULL,
	lang TEXT NOT NULL,
	stopped BIGINT,
	asked BIGINT,
	reminders INTEGER NOT NULL
);
CREATE INDEX directory_keeper_asked ON directory_keeper (asked);

CREATE TABLE directory_link (
	id TEXT NOT NULL PRIMARY KEY,
	place TEXT NOT NULL REFERENCES directory_place (id),
	mail TEXT NOT NULL,
	lang TEXT NOT NULL,
	created BIGINT NOT NULL,
	expires BIGINT NOT NULL,
	replaced BIGINT
);
CREATE INDEX directory_link_place ON directory_link (place, created);
CREATE INDEX directory_link_mail ON directory_link (mail, created);
CREATE INDEX directory_link_expires ON directory_link (expires);
