-- +goose Up
CREATE TABLE directory_organisation (
	id TEXT NOT NULL PRIMARY KEY,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	names TEXT NOT NULL,
	about TEXT NOT NULL,
	mail TEXT NOT NULL,
	phones TEXT NOT NULL,
	sites TEXT NOT NULL,
	source TEXT NOT NULL,
	source_url TEXT NOT NULL,
	updated BIGINT,
	confirmed BIGINT,
	confirmed_by TEXT NOT NULL,
	state TEXT NOT NULL,
	hash TEXT NOT NULL,
	created BIGINT NOT NULL,
	changed BIGINT NOT NULL
);

CREATE TABLE directory_place (
	id TEXT NOT NULL PRIMARY KEY,
	organisation TEXT REFERENCES directory_organisation (id),
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	names TEXT NOT NULL,
	folded TEXT NOT NULL,
	address TEXT NOT NULL,
	postcode TEXT NOT NULL,
	town TEXT NOT NULL,
	unit TEXT NOT NULL,
	lat DOUBLE PRECISION,
	lon DOUBLE PRECISION,
	phones TEXT NOT NULL,
	mails TEXT NOT NULL,
	sites TEXT NOT NULL,
	hours TEXT NOT NULL,
	wheelchair TEXT NOT NULL,
	languages TEXT NOT NULL,
	equipment TEXT NOT NULL,
	itinerant BOOLEAN NOT NULL,
	about TEXT NOT NULL,
	bring TEXT NOT NULL,
	source TEXT NOT NULL,
	source_url TEXT NOT NULL,
	updated BIGINT,
	confirmed BIGINT,
	confirmed_by TEXT NOT NULL,
	state TEXT NOT NULL,
	hash TEXT NOT NULL,
	created BIGINT NOT NULL,
	changed BIGINT NOT NULL
);
CREATE INDEX directory_place_organisation ON directory_place (organisation);
CREATE INDEX directory_place_folded ON directory_place (folded);
CREATE INDEX directory_place_unit ON directory_place (unit);

CREATE TABLE directory_service (
	id TEXT NOT NULL PRIMARY KEY,
	place TEXT NOT NULL REFERENCES directory_place (id),
	name TEXT NOT NULL,
	names TEXT NOT NULL,
	needs TEXT NOT NULL,
	audiences TEXT NOT NULL,
	ways TEXT NOT NULL,
	entry TEXT NOT NULL,
	fee TEXT NOT NULL,
	fee_note TEXT NOT NULL,
	languages TEXT NOT NULL,
	hours TEXT NOT NULL,
	details TEXT NOT NULL,
	capacity TEXT NOT NULL,
	capacity_until BIGINT,
	hash TEXT NOT NULL,
	created BIGINT NOT NULL,
	changed BIGINT NOT NULL
);
CREATE INDEX directory_service_place ON directory_service (place);

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
	about TEXT NOT NULL,
	says TEXT NOT NULL,
	lang TEXT NOT NULL,
	mail TEXT NOT NULL,
	state TEXT NOT NULL,
	answer TEXT NOT NULL,
	created BIGINT NOT NULL,
	ended BIGINT,
	ended_by TEXT NOT NULL
);
CREATE INDEX directory_remark_state ON directory_remark (state, created);
CREATE INDEX directory_remark_place ON directory_remark (place);

CREATE TABLE directory_import (
	id TEXT NOT NULL PRIMARY KEY,
	source TEXT NOT NULL,
	format TEXT NOT NULL,
	file TEXT NOT NULL,
	state TEXT NOT NULL,
	seen INTEGER NOT NULL,
	added INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	same INTEGER NOT NULL,
	rejected INTEGER NOT NULL,
	started BIGINT NOT NULL,
	ended BIGINT,
	account TEXT NOT NULL
);

CREATE TABLE directory_import_row (
	import TEXT NOT NULL REFERENCES directory_import (id),
	n INTEGER NOT NULL,
	line INTEGER NOT NULL,
	record TEXT NOT NULL,
	field TEXT NOT NULL,
	value TEXT NOT NULL,
	fault TEXT NOT NULL,
	args TEXT NOT NULL,
	fatal BOOLEAN NOT NULL,
	PRIMARY KEY (import, n)
);
