package account

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// State is where an account stands.
type State string

// The states.
const (
	Invited   State = "invited" // made by somebody else; its owner has not been here yet
	Active    State = "active"
	Suspended State = "suspended" // may not sign in
)

// Account is a person who can sign in to one territory.
type Account struct {
	ID       string
	Name     string // as the person writes it
	Mail     string // as the person writes it
	Lang     string // of pages and messages; empty: the territory's first
	Role     authz.Role
	State    State
	Created  db.Time
	Changed  db.Time
	LastSeen db.Time // day of the last sign-in
}

// Who is the account as the table of rights knows it.
func (a Account) Who() authz.Who { return authz.Who{Account: a.ID, Name: a.Name, Role: a.Role} }

// Newcomer is what an account is made of.
type Newcomer struct {
	Name string
	Mail string
	Lang string
	Role authz.Role
}

const (
	nameLength = 80  // characters of a name
	mailLength = 254 // octets of an address (RFC 5321, section 4.5.3.1)
)

// FoldMail is an address as it is compared: small letters, one way of writing each.
func FoldMail(address string) string {
	return strings.ToLower(norm.NFKC.String(strings.TrimSpace(address)))
}

// validMail reports whether an address can be written to: one person at a domain with a dot, nothing around it.
func validMail(address string) bool {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > mailLength {
		return false
	}
	_, domain, _ := strings.Cut(address, "@")
	return strings.Contains(strings.Trim(domain, "."), ".") && !strings.ContainsAny(domain, "@[]")
}

func validName(name string) bool {
	return name != "" && utf8.RuneCountInString(name) <= nameLength && !strings.ContainsFunc(name, unicode.IsControl)
}

// check says what to change in a new account, field by field.
func (n *Newcomer) check() error {
	n.Name, n.Mail = strings.TrimSpace(norm.NFC.String(n.Name)), strings.TrimSpace(norm.NFC.String(n.Mail))
	var wrong problem.Fields
	if !validName(n.Name) {
		wrong.Add("name", "signin.name-form", "Max", nameLength)
	}
	if !validMail(n.Mail) {
		wrong.Add("mail", "signin.mail-form")
	}
	if !n.Role.Valid() || n.Role == authz.Visitor {
		wrong.Add("role", "signin.role-form")
	}
	if n.Lang != "" && !known(n.Lang) {
		wrong.Add("lang", "signin.lang-form")
	}
	return wrong.Err()
}

func known(lang string) bool {
	for _, l := range i18n.Languages {
		if l == lang {
			return true
		}
	}
	return false
}
