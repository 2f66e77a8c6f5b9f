package account

import (
	"fmt"
	"sync/atomic"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/event"
	"parvis/internal/i18n"
	"parvis/internal/org"
	"parvis/internal/problem"
)

// Options are what a Service works with.
type Options struct {
	DB        *db.DB
	Territory *org.Territory
	Words     *i18n.Bundle // every feature's words: this package's keys are in its page package
	Hasher    *Hasher      // the program's own when nil
}

// Service is the accounts of one territory. It is safe for concurrent use.
type Service struct {
	db        *db.DB
	territory *org.Territory
	words     *i18n.Bundle
	hasher    *Hasher
	key       atomic.Pointer[[]byte]
}

// New makes the service of a territory.
func New(o Options) *Service {
	if o.Hasher == nil {
		o.Hasher = everybody()
	}
	return &Service{db: o.DB, territory: o.Territory, words: o.Words, hasher: o.Hasher}
}

const columns = `account.id, account.name, account.mail, account.lang, account.role, account.state, account.created,
	account.changed, account.last_seen`

func (a *Account) fields() []any {
	return []any{&a.ID, &a.Name, &a.Mail, &a.Lang, &a.Role, &a.State, &a.Created, &a.Changed, &a.LastSeen}
}

func scan(r *db.Rows) (Account, error) {
	var a Account
	return a, r.Scan(a.fields()...)
}

// get gives one account by a column that has each value once.
func get(tx *db.Tx, column, value string) (Account, error) {
	rows, err := tx.Query(`SELECT `+columns+` FROM account WHERE `+column+` = $1`, value)
	all, err := db.Collect(rows, err, scan)
	if err != nil {
		return Account{}, err
	}
	if len(all) == 0 {
		return Account{}, problem.Because(problem.NotFound, fmt.Errorf("account by %s", column))
	}
	return all[0], nil
}

// changed appends what happened to an account.
func changed(tx *db.Tx, by authz.Who, what, id string) error {
	return event.Append(tx, event.Event{Kind: "account." + what, Subject: "account", SubjectID: id, Actor: by.Account})
}

// printer speaks an account's language, or the territory's first where that is not offered.
func (s *Service) printer(lang string) *i18n.Printer {
	if !s.territory.Offers(lang) {
		lang = s.territory.Language()
	}
	return s.words.Printer(lang, s.territory.Location(), s.territory.Currency)
}

// house is how the territory signs in a language.
func (s *Service) house(lang string) string {
	return s.territory.Name.In(lang, s.territory.Languages...)
}
