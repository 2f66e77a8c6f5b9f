-- +goose Up
ALTER TABLE directory_place ADD COLUMN twin_of TEXT;
CREATE INDEX directory_place_twin_of ON directory_place (twin_of) WHERE twin_of IS NOT NULL;

CREATE TABLE directory_twin (
	id TEXT NOT NULL PRIMARY KEY,
	one TEXT NOT NULL,
	other TEXT NOT NULL,
	state TEXT NOT NULL,
	import TEXT NOT NULL,
	found BIGINT NOT NULL,
	asked BIGINT NOT NULL,
	decided BIGINT,
	decided_by TEXT NOT NULL,
	UNIQUE (one, other)
);
CREATE INDEX directory_twin_state ON directory_twin (state, asked);
CREATE INDEX directory_twin_other ON directory_twin (other);
CREATE INDEX directory_twin_import ON directory_twin (import);
