-- +goose Up
CREATE TABLE counter (
	name TEXT NOT NULL PRIMARY KEY,
	value BIGINT NOT NULL
);

CREATE TABLE event (
	seq {{key}} NOT NULL PRIMARY KEY,
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	subject_id TEXT NOT NULL,
	actor TEXT NOT NULL,
	happened BIGINT NOT NULL,
	recorded BIGINT NOT NULL,
	data TEXT NOT NULL
);
CREATE INDEX event_subject ON event (subject, subject_id, seq);

CREATE TABLE job (
	id TEXT NOT NULL PRIMARY KEY,
	kind TEXT NOT NULL,
	unique_key TEXT,
	args TEXT NOT NULL,
	state TEXT NOT NULL,
	due BIGINT NOT NULL,
	priority INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	again BOOLEAN NOT NULL,
	lease TEXT,
	last_error TEXT,
	created BIGINT NOT NULL,
	tried BIGINT
);
CREATE INDEX job_due ON job (priority DESC, due, id) WHERE state <> 'dead';
CREATE UNIQUE INDEX job_unique ON job (kind, unique_key) WHERE unique_key IS NOT NULL AND state <> 'dead';

CREATE TABLE job_effect (
	job TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	happened BIGINT NOT NULL,
	PRIMARY KEY (job, name)
);

CREATE TABLE job_schedule (
	name TEXT NOT NULL PRIMARY KEY,
	due BIGINT NOT NULL
);

CREATE TABLE audit (
	seq {{key}} NOT NULL PRIMARY KEY,
	at BIGINT NOT NULL,
	actor TEXT NOT NULL,
	role TEXT NOT NULL,
	action TEXT NOT NULL,
	subject TEXT NOT NULL,
	subject_id TEXT NOT NULL,
	data TEXT NOT NULL,
	previous TEXT NOT NULL,
	hash TEXT NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, subject_id, seq);
CREATE INDEX audit_actor ON audit (actor, seq);

CREATE TABLE look (
	id TEXT NOT NULL PRIMARY KEY,
	at BIGINT NOT NULL,
	actor TEXT NOT NULL,
	role TEXT NOT NULL,
	person TEXT NOT NULL,
	subject TEXT NOT NULL,
	subject_id TEXT NOT NULL,
	reason TEXT NOT NULL
);
CREATE INDEX look_person ON look (person, at);
CREATE INDEX look_actor ON look (actor, at);

CREATE TABLE blob (
	id TEXT NOT NULL PRIMARY KEY,
	hash TEXT NOT NULL,
	size BIGINT NOT NULL,
	media TEXT NOT NULL,
	name TEXT NOT NULL,
	subject TEXT NOT NULL,
	subject_id TEXT NOT NULL,
	created BIGINT NOT NULL,
	expires BIGINT
);
CREATE INDEX blob_subject ON blob (subject, subject_id);
CREATE INDEX blob_expires ON blob (expires);

CREATE TABLE message (
	id TEXT NOT NULL PRIMARY KEY,
	channel TEXT NOT NULL,
	recipient TEXT NOT NULL,
	account TEXT NOT NULL,
	lang TEXT NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	body TEXT NOT NULL,
	secret BOOLEAN NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	last_error TEXT NOT NULL,
	created BIGINT NOT NULL,
	expires BIGINT,
	ended BIGINT
);
CREATE INDEX message_state ON message (state, created);
CREATE INDEX message_account ON message (account, created);
CREATE INDEX message_ended ON message (ended);

CREATE TABLE setting (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL,
	changed BIGINT NOT NULL
);

CREATE TABLE organisation (
	id TEXT NOT NULL PRIMARY KEY,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	state TEXT NOT NULL,
	created BIGINT NOT NULL,
	changed BIGINT NOT NULL
);

CREATE TABLE team (
	id TEXT NOT NULL PRIMARY KEY,
	organisation TEXT NOT NULL REFERENCES organisation (id),
	name TEXT NOT NULL,
	place TEXT NOT NULL,
	doors TEXT,
	languages TEXT,
	state TEXT NOT NULL,
	created BIGINT NOT NULL,
	changed BIGINT NOT NULL
);
CREATE INDEX team_organisation ON team (organisation);

CREATE TABLE account (
	id TEXT NOT NULL PRIMARY KEY,
	role TEXT NOT NULL,
	name TEXT NOT NULL,
	mail TEXT NOT NULL,
	mail_folded TEXT UNIQUE,
	lang TEXT NOT NULL,
	organisation TEXT REFERENCES organisation (id),
	state TEXT NOT NULL,
	created BIGINT NOT NULL,
	changed BIGINT NOT NULL,
	last_seen BIGINT
);
CREATE INDEX account_role ON account (role, state);
CREATE INDEX account_organisation ON account (organisation);

CREATE TABLE team_member (
	team TEXT NOT NULL REFERENCES team (id),
	account TEXT NOT NULL REFERENCES account (id),
	since BIGINT NOT NULL,
	PRIMARY KEY (team, account)
);
CREATE INDEX team_member_account ON team_member (account);

CREATE TABLE credential (
	id TEXT NOT NULL PRIMARY KEY,
	account TEXT NOT NULL REFERENCES account (id),
	kind TEXT NOT NULL,
	secret TEXT NOT NULL,
	created BIGINT NOT NULL,
	used BIGINT,
	UNIQUE (account, kind)
);

CREATE TABLE session (
	id TEXT NOT NULL PRIMARY KEY,
	account TEXT NOT NULL REFERENCES account (id),
	browser TEXT NOT NULL,
	proof TEXT NOT NULL,
	created BIGINT NOT NULL,
	seen BIGINT NOT NULL,
	rest BIGINT NOT NULL,
	expires BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE known_browser (
	id TEXT NOT NULL PRIMARY KEY,
	account TEXT NOT NULL REFERENCES account (id),
	seen BIGINT NOT NULL
);
CREATE INDEX known_browser_account ON known_browser (account);
CREATE INDEX known_browser_seen ON known_browser (seen);

CREATE TABLE one_time_code (
	id TEXT NOT NULL PRIMARY KEY,
	account TEXT REFERENCES account (id),
	purpose TEXT NOT NULL,
	hash TEXT NOT NULL,
	tries INTEGER NOT NULL,
	created BIGINT NOT NULL,
	expires BIGINT NOT NULL,
	used BIGINT
);
CREATE INDEX one_time_code_account ON one_time_code (account, purpose);
CREATE INDEX one_time_code_expires ON one_time_code (expires);

CREATE TABLE login_attempt (
	name TEXT NOT NULL PRIMARY KEY,
	failures INTEGER NOT NULL,
	seen BIGINT NOT NULL,
	blocked_until BIGINT NOT NULL
);
CREATE INDEX login_attempt_seen ON login_attempt (seen);
