-- The tables of one territory, as all migrations together make them. A test proves that both engines match this text.
--
-- Ids are time-ordered texts made in Go. Instants are BIGINT, milliseconds since 1970 in UTC. Truth values are BOOLEAN. JSON
-- is TEXT that only Go reads; what is queried has a column of its own. Folded columns hold what a person may type.
-- A column that says something about a living person ends with [purpose; basis; how long it is kept].

-- House: what every room uses -----------------------------------------------------------------------------------------

-- The last number given in a sequence whose end must not be cut off unseen.
CREATE TABLE counter (
	name TEXT NOT NULL PRIMARY KEY, -- audit
	value BIGINT NOT NULL -- the last number given
);

-- What happened, in the order of commits. The only history of change: never updated, never deleted, no personal values.
CREATE TABLE event (
	seq {{key}} NOT NULL PRIMARY KEY, -- 1, 2, 3 without holes
	id TEXT NOT NULL, -- its id, also outside this installation
	kind TEXT NOT NULL, -- what happened: place.changed
	subject TEXT NOT NULL, -- what sort of thing it happened to: place
	subject_id TEXT NOT NULL, -- which one
	actor TEXT NOT NULL, -- id of the account that did it; empty for the program itself
	happened BIGINT NOT NULL, -- when it happened, by the clock of where it happened
	recorded BIGINT NOT NULL, -- when it was stored here
	data TEXT NOT NULL -- JSON: ids and kinds only
);
CREATE INDEX event_subject ON event (subject, subject_id, seq);

-- Work to be done later, by any node: one row each, taken under a lease; gone when it is done.
CREATE TABLE job (
	id TEXT NOT NULL PRIMARY KEY, -- its id; effects elsewhere are keyed by it
	kind TEXT NOT NULL, -- which function does it
	unique_key TEXT, -- of the jobs of a kind under one key, one is alive; NULL: as many as are asked for
	args TEXT NOT NULL, -- JSON: ids rather than personal values
	state TEXT NOT NULL, -- waiting, running, dead
	due BIGINT NOT NULL, -- not before; while it runs: the end of its lease, after which another node may take it
	priority INTEGER NOT NULL, -- the larger, the sooner
	attempts INTEGER NOT NULL, -- times it was begun
	again BOOLEAN NOT NULL, -- it was asked for once more while it ran
	lease TEXT, -- whose it is while it runs
	last_error TEXT, -- why the last attempt failed
	created BIGINT NOT NULL, -- when it was asked for
	tried BIGINT -- when it was last begun
);
CREATE INDEX job_due ON job (priority DESC, due, id) WHERE state <> 'dead';
CREATE UNIQUE INDEX job_unique ON job (kind, unique_key) WHERE unique_key IS NOT NULL AND state <> 'dead';

-- Which steps of a job have happened, so that none happens twice.
CREATE TABLE job_effect (
	job TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE, -- the job
	name TEXT NOT NULL, -- the step
	happened BIGINT NOT NULL, -- when
	PRIMARY KEY (job, name)
);

-- When what comes back regularly is due next.
CREATE TABLE job_schedule (
	name TEXT NOT NULL PRIMARY KEY, -- which schedule
	due BIGINT NOT NULL -- its next time
);

-- What staff did that must be shown to have been done: chained by hashes, so that a change or a gap is seen.
CREATE TABLE audit (
	seq {{key}} NOT NULL PRIMARY KEY, -- 1, 2, 3 without holes
	at BIGINT NOT NULL, -- when
	actor TEXT NOT NULL, -- id of the account; empty for the program itself
	role TEXT NOT NULL, -- the role it acted in
	action TEXT NOT NULL, -- what was done: account.close
	subject TEXT NOT NULL, -- what sort of thing it was done to
	subject_id TEXT NOT NULL, -- which one
	data TEXT NOT NULL, -- JSON: ids and kinds only
	previous TEXT NOT NULL, -- hash of the line before; empty for the first
	hash TEXT NOT NULL -- SHA-256 over this line and the hash before, in hexadecimal
);
CREATE INDEX audit_subject ON audit (subject, subject_id, seq);
CREATE INDEX audit_actor ON audit (actor, seq);

-- Who looked at what about a person. Shown to that person.
CREATE TABLE look (
	id TEXT NOT NULL PRIMARY KEY, -- its id
	at BIGINT NOT NULL, -- when
	actor TEXT NOT NULL, -- id of the account that looked
	role TEXT NOT NULL, -- the role it looked in
	person TEXT NOT NULL, -- id of the person whom it concerns [shown to that person; legal duty; 3 years]
	subject TEXT NOT NULL, -- what sort of thing was looked at
	subject_id TEXT NOT NULL, -- which one
	reason TEXT NOT NULL -- why, when a reason is asked for
);
CREATE INDEX look_person ON look (person, at);
CREATE INDEX look_actor ON look (actor, at);

-- A file that was handed in or made. Its bytes are on the disk or in the object store under its id.
CREATE TABLE blob (
	id TEXT NOT NULL PRIMARY KEY, -- its id: random, names the bytes where they are kept
	hash TEXT NOT NULL, -- SHA-256 of the bytes in hexadecimal
	size BIGINT NOT NULL, -- bytes
	media TEXT NOT NULL, -- media type, found by looking at the bytes
	name TEXT NOT NULL, -- file name as handed in [to find it again; as the file it belongs to; with it]
	subject TEXT NOT NULL, -- what sort of thing it belongs to; empty until it is attached
	subject_id TEXT NOT NULL, -- which one; empty until it is attached
	created BIGINT NOT NULL, -- when it was handed in
	expires BIGINT -- removed after this when it was attached to nothing
);
CREATE INDEX blob_subject ON blob (subject, subject_id);
CREATE INDEX blob_expires ON blob (expires);

-- Messages to people: written in the transaction of what they tell, sent afterwards.
CREATE TABLE message (
	id TEXT NOT NULL PRIMARY KEY, -- its id; a provider gets it, so that twice is once
	channel TEXT NOT NULL, -- mail
	recipient TEXT NOT NULL, -- address or number [to reach the person; public task; 90 days]
	account TEXT NOT NULL, -- id of the account it is for; empty when there is none
	lang TEXT NOT NULL, -- language it is written in
	kind TEXT NOT NULL, -- which text it is: account.code
	subject TEXT NOT NULL, -- subject line [what the person is told; public task; as the text]
	body TEXT NOT NULL, -- plain text [what the person is told; public task; 90 days, a secret is blanked once sent]
	secret BOOLEAN NOT NULL, -- what it says opens something: it is blanked once it is sent or given up
	state TEXT NOT NULL, -- waiting, sent, captured (in a demo), expired, failed
	attempts INTEGER NOT NULL, -- times that sending was tried
	last_error TEXT NOT NULL, -- why the last try failed: a code of the mail server, never an address
	created BIGINT NOT NULL, -- when it was written
	expires BIGINT, -- after this it is of no use and is not sent
	ended BIGINT -- when it was sent, captured or given up
);
CREATE INDEX message_state ON message (state, created);
CREATE INDEX message_account ON message (account, created);
CREATE INDEX message_ended ON message (ended);

-- What this store knows about itself: demo = true marks a demo, pack is the territory, and so on.
CREATE TABLE setting (
	name TEXT NOT NULL PRIMARY KEY, -- which setting
	value TEXT NOT NULL, -- its value
	changed BIGINT NOT NULL -- when it was set
);

-- The authority's own organisations and partners, whose staff sign in.
CREATE TABLE organisation (
	id TEXT NOT NULL PRIMARY KEY, -- its id
	kind TEXT NOT NULL, -- authority, partner
	name TEXT NOT NULL, -- what people call it; JSON, a language each
	state TEXT NOT NULL, -- active, closed
	created BIGINT NOT NULL, -- when it was entered
	changed BIGINT NOT NULL -- when it last changed
);

-- A team of an organisation: who work at the same counter.
CREATE TABLE team (
	id TEXT NOT NULL PRIMARY KEY, -- its id
	organisation TEXT NOT NULL REFERENCES organisation (id), -- the organisation it belongs to
	name TEXT NOT NULL, -- what people call it; JSON, a language each
	place TEXT NOT NULL, -- id of the place where it works; empty when nowhere
	doors TEXT, -- JSON list of the doors it keeps: online, counter, near-home, home, phone
	languages TEXT, -- JSON list of the languages it speaks
	state TEXT NOT NULL, -- active, closed
	created BIGINT NOT NULL, -- when it was entered
	changed BIGINT NOT NULL -- when it last changed
);
CREATE INDEX team_organisation ON team (organisation);

-- Who can sign in.
CREATE TABLE account (
	id TEXT NOT NULL PRIMARY KEY, -- its id
	role TEXT NOT NULL, -- resident, helper, agent, coordinator, manager
	name TEXT NOT NULL, -- as the person writes it [to address the person; public task; until the account is closed]
	mail TEXT NOT NULL, -- address [to sign in and be written to; public task; until the account is closed]
	mail_folded TEXT UNIQUE, -- the address as it is compared; NULL once closed [to sign in; public task; until closed]
	lang TEXT NOT NULL, -- language of pages and messages; empty for the territory's first
	organisation TEXT REFERENCES organisation (id), -- where a member of staff works
	state TEXT NOT NULL, -- invited, active, suspended
	created BIGINT NOT NULL, -- when it was made
	changed BIGINT NOT NULL, -- when it last changed
	last_seen BIGINT -- day of the last sign-in [to close what is not used; public task; until closed]
);
CREATE INDEX account_role ON account (role, state);
CREATE INDEX account_organisation ON account (organisation);

-- Which teams an account works in.
CREATE TABLE team_member (
	team TEXT NOT NULL REFERENCES team (id), -- the team
	account TEXT NOT NULL REFERENCES account (id), -- the member
	since BIGINT NOT NULL, -- from when
	PRIMARY KEY (team, account)
);
CREATE INDEX team_member_account ON team_member (account);

-- What an account proves itself with.
CREATE TABLE credential (
	id TEXT NOT NULL PRIMARY KEY, -- its id
	account TEXT NOT NULL REFERENCES account (id), -- whose it is
	kind TEXT NOT NULL, -- password
	secret TEXT NOT NULL, -- argon2id hash with its parameters [to sign in; public task; until replaced]
	created BIGINT NOT NULL, -- when it was set
	used BIGINT, -- when it last served
	UNIQUE (account, kind)
);

-- Who is signed in, on which browser.
CREATE TABLE session (
	id TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the cookie's token
	account TEXT NOT NULL REFERENCES account (id), -- who
	browser TEXT NOT NULL, -- browser and system in two words [for the person to know it again; public task; with the session]
	proof TEXT NOT NULL, -- how the account proved itself: password, code, link, demo
	created BIGINT NOT NULL, -- when it began
	seen BIGINT NOT NULL, -- when it last served, to a minute
	rest BIGINT NOT NULL, -- how long it may rest before it ends, in milliseconds
	expires BIGINT NOT NULL -- when it ends at the latest
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires);

-- A browser that an account has signed in from: guessing elsewhere does not slow it down.
CREATE TABLE known_browser (
	id TEXT NOT NULL PRIMARY KEY, -- SHA-256 of account and the cookie's token
	account TEXT NOT NULL REFERENCES account (id), -- whose [so that guessing locks nobody out; legitimate interest; 180 days]
	seen BIGINT NOT NULL -- when it last signed in
);
CREATE INDEX known_browser_account ON known_browser (account);
CREATE INDEX known_browser_seen ON known_browser (seen);

-- A code or a link that serves once.
CREATE TABLE one_time_code (
	id TEXT NOT NULL PRIMARY KEY, -- SHA-256 of a token that only its holder has, never the token
	account TEXT REFERENCES account (id), -- whom it is for; NULL where the address is nobody's: the answer is the same
	purpose TEXT NOT NULL, -- sign-in, invitation, new-password
	hash TEXT NOT NULL, -- hash of the code, keyed by the token; empty for a link
	tries INTEGER NOT NULL, -- wrong entries so far
	created BIGINT NOT NULL, -- when it was made
	expires BIGINT NOT NULL, -- until when it serves
	used BIGINT -- when it served
);
CREATE INDEX one_time_code_account ON one_time_code (account, purpose);
CREATE INDEX one_time_code_expires ON one_time_code (expires);

-- How often a sign-in failed lately, for each address and each network.
CREATE TABLE login_attempt (
	name TEXT NOT NULL PRIMARY KEY, -- keyed hash of the address or of the network [against guessing; legitimate interest; 1 day]
	failures INTEGER NOT NULL, -- since it was last quiet for an hour
	seen BIGINT NOT NULL, -- when the last try began
	blocked_until BIGINT NOT NULL -- no try counts before this
);
CREATE INDEX login_attempt_seen ON login_attempt (seen);

-- Directory: organisations, places and what they offer ---------------------------------------------------------------

-- Who answers for places: a town hall, an association, a cooperative.
CREATE TABLE directory_organisation (
	id TEXT NOT NULL PRIMARY KEY, -- made from its source and its id there, where it has one
	kind TEXT NOT NULL, -- code of the vocabulary; empty when nobody said
	name TEXT NOT NULL, -- JSON: a language each
	about TEXT NOT NULL, -- JSON: what it does, a language each
	needs TEXT NOT NULL, -- codes of the vocabulary that it helps with, parted by |
	town TEXT NOT NULL, -- where it has its seat
	register TEXT NOT NULL, -- its number in the country's register
	contact TEXT NOT NULL, -- JSON: phones, mails, sites, for everybody
	source TEXT NOT NULL, -- the register that it came from; empty: entered here
	source_id TEXT NOT NULL, -- its id there
	source_url TEXT NOT NULL, -- where it can be read there
	updated BIGINT, -- when the source last changed it
	confirmed BIGINT, -- when somebody last said that it is true
	confirmed_by TEXT NOT NULL, -- who said so, as it is shown; empty when nobody did
	gone BIGINT, -- when it closed for good
	print TEXT NOT NULL, -- what the source last said, as a fingerprint: the same twice changes nothing
	created BIGINT NOT NULL, -- when it was entered here
	changed BIGINT NOT NULL -- when it last changed here
);

-- Where people find help: a building, a stand that moves, a phone line, a page.
CREATE TABLE directory_place (
	id TEXT NOT NULL PRIMARY KEY, -- made from its source and its id there, where it has one
	organisation TEXT REFERENCES directory_organisation (id), -- who answers for it
	kind TEXT NOT NULL, -- code of the vocabulary
	name TEXT NOT NULL, -- JSON: a language each
	about TEXT NOT NULL, -- JSON: what it is, a language each
	bring TEXT NOT NULL, -- JSON: what to bring, a language each
	street TEXT NOT NULL, -- street and number
	more TEXT NOT NULL, -- building, floor, "behind the church"
	postcode TEXT NOT NULL, -- as written on an envelope
	town TEXT NOT NULL, -- town or village
	unit TEXT NOT NULL, -- code of the ward or commune in the pack; empty when unknown
	lat DOUBLE PRECISION, -- degrees north; NULL when unknown
	lon DOUBLE PRECISION, -- degrees east
	approximate BOOLEAN NOT NULL, -- the point is its town's, not its own
	contact TEXT NOT NULL, -- JSON: phones, mails, sites, for everybody
	hours_given TEXT NOT NULL, -- opening hours in the giver's words
	hours TEXT NOT NULL, -- the same in OpenStreetMap's syntax; empty when they cannot be read
	wheelchair TEXT NOT NULL, -- yes, partly, no, unknown
	access TEXT NOT NULL, -- a page that tells how to get in
	languages TEXT NOT NULL, -- languages spoken, parted by |
	equipment TEXT NOT NULL, -- codes with number or note, parted by |: computer:4|wifi
	itinerant BOOLEAN NOT NULL, -- it moves from village to village
	labels TEXT NOT NULL, -- programmes it belongs to, a line each
	register TEXT NOT NULL, -- its number in the country's register
	said TEXT NOT NULL, -- JSON: what the source says and the vocabulary does not have
	source TEXT NOT NULL, -- the register that it came from; empty: entered here
	source_id TEXT NOT NULL, -- its id there
	source_url TEXT NOT NULL, -- where it can be read there
	updated BIGINT, -- when the source last changed it
	confirmed BIGINT, -- when somebody last said that it is true
	confirmed_by TEXT NOT NULL, -- who said so, as it is shown; empty when nobody did
	gone BIGINT, -- when it closed for good
	print TEXT NOT NULL, -- what the source last said, as a fingerprint: the same twice changes nothing
	created BIGINT NOT NULL, -- when it was entered here
	changed BIGINT NOT NULL, -- when it last changed here
	twin_of TEXT -- the record of the same place under which this one is shown; NULL: it stands for itself
);
CREATE INDEX directory_place_organisation ON directory_place (organisation);
CREATE INDEX directory_place_source ON directory_place (source, source_id);
CREATE INDEX directory_place_twin_of ON directory_place (twin_of) WHERE twin_of IS NOT NULL;

-- What is offered at a place.
CREATE TABLE directory_service (
	id TEXT NOT NULL PRIMARY KEY, -- made from its source and its id there, where it has one
	place TEXT NOT NULL REFERENCES directory_place (id), -- where
	name TEXT NOT NULL, -- JSON: a language each
	details TEXT NOT NULL, -- JSON: more about it, a language each
	needs TEXT NOT NULL, -- codes of the vocabulary, parted by |
	audiences TEXT NOT NULL, -- codes of the vocabulary, parted by |; empty: everyone
	ways TEXT NOT NULL, -- the doors through which one gets it, parted by |
	entry TEXT NOT NULL, -- walk-in, appointment, referral, parted by |
	fee TEXT NOT NULL, -- free, conditional, paid, unknown
	fee_note TEXT NOT NULL, -- JSON: what it costs, a language each
	languages TEXT NOT NULL, -- languages it is given in, parted by |; empty: the place's
	hours_given TEXT NOT NULL, -- its own hours in the giver's words; empty: the place's
	hours TEXT NOT NULL, -- the same in OpenStreetMap's syntax
	booking TEXT NOT NULL, -- address where an appointment is taken
	capacity INTEGER NOT NULL, -- places left
	capacity_said BIGINT, -- when somebody said so; NULL: nobody did
	capacity_until BIGINT, -- until when that is to be believed
	source TEXT NOT NULL, -- the register that it came from; empty: entered here
	source_id TEXT NOT NULL, -- its id there
	source_url TEXT NOT NULL, -- where it can be read there
	updated BIGINT, -- when the source last changed it
	confirmed BIGINT, -- when somebody last said that it is true
	confirmed_by TEXT NOT NULL, -- who said so, as it is shown; empty when nobody did
	gone BIGINT, -- when it closed for good
	print TEXT NOT NULL, -- what the source last said, as a fingerprint: the same twice changes nothing
	created BIGINT NOT NULL, -- when it was entered here
	changed BIGINT NOT NULL -- when it last changed here
);
CREATE INDEX directory_service_place ON directory_service (place);
CREATE INDEX directory_service_source ON directory_service (source, source_id);

-- An exception to a place's hours, said by phone and shown at once.
CREATE TABLE directory_closure (
	id TEXT NOT NULL PRIMARY KEY, -- its id
	place TEXT NOT NULL REFERENCES directory_place (id), -- where
	starts TEXT NOT NULL, -- first day: 2026-12-24
	ends TEXT NOT NULL, -- last day, included
	hours TEXT NOT NULL, -- when it is open on these days all the same: 10:00-12:00; empty: closed
	reason TEXT NOT NULL, -- JSON: why, a language each
	created BIGINT NOT NULL, -- when somebody said so
	created_by TEXT NOT NULL -- id of the account that entered it
);
CREATE INDEX directory_closure_place ON directory_closure (place, ends);

-- What anybody says is wrong with a place's record.
CREATE TABLE directory_remark (
	id TEXT NOT NULL PRIMARY KEY, -- its id
	code TEXT NOT NULL UNIQUE, -- the number given to the person
	place TEXT NOT NULL REFERENCES directory_place (id), -- which place
	kind TEXT NOT NULL, -- code of the vocabulary: hours, address, closed
	words TEXT NOT NULL, -- what the person says; empty once erased [to correct the record; public task; 1 year]
	contact TEXT NOT NULL, -- how to ask back, if the person wants it; empty once erased [to answer; consent; 1 year]
	lang TEXT NOT NULL, -- the person's language
	made BIGINT NOT NULL, -- when it was said
	settled BIGINT, -- when somebody had checked it
	settled_by TEXT NOT NULL, -- id of the account that did
	answer TEXT NOT NULL, -- what was done
	erase_after BIGINT NOT NULL, -- when words and contact are erased
	erased BIGINT -- when they were
);
CREATE INDEX directory_remark_open ON directory_remark (settled, made);
CREATE INDEX directory_remark_erase ON directory_remark (erased, erase_after);
CREATE INDEX directory_remark_place ON directory_remark (place);

-- Who is asked whether a place's record is still right, and how often they were.
CREATE TABLE directory_keeper (
	place TEXT NOT NULL PRIMARY KEY REFERENCES directory_place (id), -- which place
	mail TEXT NOT NULL, -- where letters to its team go; empty: the address that the record shows [to keep the record true; public task; as long as the place]
	lang TEXT NOT NULL, -- language of the letters; empty: the territory's first
	stopped BIGINT, -- when the team asked for no more reminders
	asked BIGINT, -- when the last reminder went
	reminders INTEGER NOT NULL -- how many went since the record was last known to be true
);
CREATE INDEX directory_keeper_asked ON directory_keeper (asked);

-- Links by which a place's team opens its record without a password.
CREATE TABLE directory_link (
	id TEXT NOT NULL PRIMARY KEY, -- hash of its token, which is kept nowhere
	place TEXT NOT NULL REFERENCES directory_place (id), -- the one record that it opens
	mail TEXT NOT NULL, -- where it went: it serves as long as this is the team's address [to keep the record true; public task; 1 year after it expires]
	lang TEXT NOT NULL, -- language of its letter
	created BIGINT NOT NULL, -- when it was made
	expires BIGINT NOT NULL, -- after this it only offers a new one
	replaced BIGINT -- when a newer one was sent
);
CREATE INDEX directory_link_place ON directory_link (place, created);
CREATE INDEX directory_link_mail ON directory_link (mail, created);
CREATE INDEX directory_link_expires ON directory_link (expires);

-- Imports that wrote something, each of which can be taken back.
CREATE TABLE directory_import (
	id TEXT NOT NULL PRIMARY KEY, -- its id
	source TEXT NOT NULL, -- the register that was read
	made_by TEXT NOT NULL, -- id of the account that read it in; empty for the program
	made BIGINT NOT NULL, -- when it began to write
	added INTEGER NOT NULL, -- records that were new
	changed INTEGER NOT NULL, -- that the source said otherwise
	back INTEGER NOT NULL, -- that had closed for good and were there again
	gone INTEGER NOT NULL, -- that the source no longer had
	rejected INTEGER NOT NULL, -- rows that stayed out
	undone BIGINT -- when it was first taken back
);
CREATE INDEX directory_import_made ON directory_import (made);

-- What each record that an import wrote was before.
CREATE TABLE directory_import_record (
	import TEXT NOT NULL REFERENCES directory_import (id) ON DELETE CASCADE, -- the import
	subject TEXT NOT NULL, -- organisation, place, service
	record TEXT NOT NULL, -- its id
	before TEXT NOT NULL, -- JSON: the whole record as it was; empty: it was not there [to take an import back; public task; 90 days]
	after TEXT NOT NULL, -- what the import made of it, as a fingerprint: what differs now was changed since
	undone BIGINT, -- when it was taken back
	PRIMARY KEY (import, subject, record)
);

-- Pairs of records that may be one place in life, and what was decided. A decision outlives its records: they may come again.
CREATE TABLE directory_twin (
	id TEXT NOT NULL PRIMARY KEY, -- its id
	one TEXT NOT NULL, -- a place's id, the smaller of the two
	other TEXT NOT NULL, -- the other's
	state TEXT NOT NULL, -- waiting, same, apart
	import TEXT NOT NULL, -- id of the import that found it; empty when none did
	found BIGINT NOT NULL, -- when it was found
	asked BIGINT NOT NULL, -- its turn in the list: when it was found or last put off
	decided BIGINT, -- when it was decided
	decided_by TEXT NOT NULL, -- id of the account that decided; empty for the program, or while it waits
	UNIQUE (one, other)
);
CREATE INDEX directory_twin_state ON directory_twin (state, asked);
CREATE INDEX directory_twin_other ON directory_twin (other);
CREATE INDEX directory_twin_import ON directory_twin (import);
