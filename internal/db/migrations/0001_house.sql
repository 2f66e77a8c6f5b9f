-- +goose Up
CREATE TABLE counter (
	name TEXT NOT NULL PRIMARY KEY,
	value BIGINT NOT NULL
);

CREATE TABLE event (
	seq {{key}} NOT NULL PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	subject_id TEXT NOT NULL,
	actor TEXT NOT NULL,
	happened BIGINT NOT NULL,
	recorded BIGINT NOT NULL,
	data TEXT NOT NULL
);
CREATE INDEX event_subject ON event (subject, subject_id, seq);
CREATE INDEX event_recorded ON event (recorded);

CREATE TABLE job (
	id TEXT NOT NULL PRIMARY KEY,
	kind TEXT NOT NULL,
	unique_key TEXT UNIQUE,
	args TEXT NOT NULL,
	state TEXT NOT NULL,
	due BIGINT NOT NULL,
	priority INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	leased_until BIGINT,
	leased_by TEXT,
	last_error TEXT,
	created BIGINT NOT NULL,
	ended BIGINT
);
CREATE INDEX job_due ON job (state, due, priority);

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
	state TEXT NOT NULL,
	created BIGINT NOT NULL,
	expires BIGINT
);
CREATE INDEX blob_hash ON blob (hash);
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
	html TEXT NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	provider_ref TEXT NOT NULL,
	last_error TEXT NOT NULL,
	created BIGINT NOT NULL,
	ended BIGINT
);
CREATE INDEX message_state ON message (state, created);
CREATE INDEX message_recipient ON message (recipient, created);

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
	phone TEXT NOT NULL,
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
	account TEXT REFERENCES account (id),
	data {{blob}} NOT NULL,
	created BIGINT NOT NULL,
	seen BIGINT NOT NULL,
	expires BIGINT NOT NULL,
	browser TEXT NOT NULL
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE one_time_code (
	id TEXT NOT NULL PRIMARY KEY,
	account TEXT NOT NULL REFERENCES account (id),
	purpose TEXT NOT NULL,
	hash TEXT NOT NULL,
	data TEXT NOT NULL,
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
	began BIGINT NOT NULL,
	blocked_until BIGINT
);
CREATE INDEX login_attempt_began ON login_attempt (began);
