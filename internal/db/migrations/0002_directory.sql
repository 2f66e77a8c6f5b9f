-- +goose Up
CREATE TABLE directory_organisation (
	id TEXT NOT NULL PRIMARY KEY,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	about TEXT NOT NULL,
	needs TEXT NOT NULL,
	town TEXT NOT NULL,
	register TEXT NOT NULL,
	contact TEXT NOT NULL,
	source TEXT NOT NULL,
	source_id TEXT NOT NULL,
	source_url TEXT NOT NULL,
	updated BIGINT,
	confirmed BIGINT,
	confirmed_by TEXT NOT NULL,
	gone BIGINT,
	print TEXT NOT NULL,
	created BIGINT NOT NULL,
	changed BIGINT NOT NULL
);

CREATE TABLE directory_place (
	id TEXT NOT NULL PRIMARY KEY,
	organisation TEXT REFERENCES directory_organisation (id),
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	about TEXT NOT NULL,
	bring TEXT NOT NULL,
	street TEXT NOT NULL,
	more TEXT NOT NULL,
	postcode TEXT NOT NULL,
	town TEXT NOT NULL,
	unit TEXT NOT NULL,
	lat DOUBLE PRECISION,
	lon DOUBLE PRECISION,
	approximate BOOLEAN NOT NULL,
	contact TEXT NOT NULL,
	hours_given TEXT NOT NULL,
	hours TEXT NOT NULL,
	wheelchair TEXT NOT NULL,
	access TEXT NOT NULL,
	languages TEXT NOT NULL,
	equipment TEXT NOT NULL,
	itinerant BOOLEAN NOT NULL,
	labels TEXT NOT NULL,
	register TEXT NOT NULL,
	said TEXT NOT NULL,
	source TEXT NOT NULL,
	source_id TEXT NOT NULL,
	source_url TEXT NOT NULL,
	updated BIGINT,
	confirmed BIGINT,
	confirmed_by TEXT NOT NULL,
	gone BIGINT,
	print TEXT NOT NULL,
	created BIGINT NOT NULL,
	changed BIGINT NOT NULL
);
CREATE INDEX directory_place_organisation ON directory_place (organisation);
CREATE INDEX directory_place_source ON directory_place (source, source_id);

CREATE TABLE directory_service (
	id TEXT NOT NULL PRIMARY KEY,
	place TEXT NOT NULL REFERENCES directory_place (id),
	name TEXT NOT NULL,
	details TEXT NOT NULL,
	needs TEXT NOT NULL,
	audiences TEXT NOT NULL,
	ways TEXT NOT NULL,
	entry TEXT NOT NULL,
	fee TEXT NOT NULL,
	fee_note TEXT NOT NULL,
	languages TEXT NOT NULL,
	hours_given TEXT NOT NULL,
	hours TEXT NOT NULL,
	booking TEXT NOT NULL,
	capacity INTEGER NOT NULL,
	capacity_said BIGINT,
	capacity_until BIGINT,
	source TEXT NOT NULL,
	source_id TEXT NOT NULL,
	source_url TEXT NOT NULL,
	updated BIGINT,
	confirmed BIGINT,
	confirmed_by TEXT NOT NULL,
	gone BIGINT,
	print TEXT NOT NULL,
	created BIGINT NOT NULL,
	changed BIGINT NOT NULL
);
CREATE INDEX directory_service_place ON directory_service (place);
CREATE INDEX directory_service_source ON directory_service (source, source_id);

CREATE TABLE directory_closure (
	id TEXT NOT NULL PRIMARY KEY,
	place TEXT NOT NULL REFERENCES directory_place (id),
	starts TEXT NOT NULL,
	ends TEXT NOT NULL,
	hours TEXT NOT NULL,
	reason TEXT NOT NULL,
	created BIGINT NOT NULL,
	created_by TEXT NOT NULL
);
CREATE INDEX directory_closure_place ON directory_closure (place, ends);

CREATE TABLE directory_remark (
	id TEXT NOT NULL PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	place TEXT NOT NULL REFERENCES directory_place (id),
	kind TEXT NOT NULL,
	words TEXT NOT NULL,
	contact TEXT NOT NULL,
	lang TEXT NOT NULL,
	made BIGINT NOT NULL,
	settled BIGINT,
	settled_by TEXT NOT NULL,
	answer TEXT NOT NULL,
	erase_after BIGINT NOT NULL,
	erased BIGINT
);
CREATE INDEX directory_remark_open ON directory_remark (settled, made);
CREATE INDEX directory_remark_erase ON directory_remark (erased, erase_after);
CREATE INDEX directory_remark_place ON directory_remark (place);
