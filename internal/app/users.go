package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parvis/internal/account"
	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/org"
	"parvis/internal/problem"
)

// Users are the accounts of one territory, for whoever runs the machine.
type Users struct {
	ctx      context.Context
	pack     *org.Pack
	store    *db.DB
	accounts *account.Service
}

// OpenUsers opens a territory's accounts. On SQLite the territory must not be served meanwhile; User goes round that.
func OpenUsers(ctx context.Context, o Options, territory string) (*Users, error) {
	o.complete()
	pack, err := o.pack(territory)
	if err != nil {
		return nil, err
	}
	store, err := o.openStore(ctx, territory)
	if err != nil {
		return nil, err
	}
	words, err := Words(pack)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	accounts := account.New(account.Options{DB: store, Territory: &pack.Territory, Words: words})
	return &Users{ctx: ctx, pack: pack, store: store, accounts: accounts}, nil
}

// Close lets go of the accounts.
func (u *Users) Close() error { return u.store.Close() }

// List gives a line for each account: its address, name, role and state, and the day of its last sign-in.
func (u *Users) List() ([]string, error) {
	all, err := u.accounts.List(u.ctx, "")
	if err != nil {
		return nil, err
	}
	lines := make([]string, len(all))
	for i, a := range all {
		seen := "never here"
		if !a.LastSeen.IsZero() {
			seen = "last here " + a.LastSeen.In(u.pack.Location()).Format(time.DateOnly)
		}
		lines[i] = fmt.Sprintf("%-32s %-24s %-12s %-10s %s", a.Mail, a.Name, a.Role, a.State, seen)
	}
	return lines, nil
}

// Invite makes an account and gives the address that opens it, once.
func (u *Users) Invite(mail, role string) (string, error) {
	name, _, _ := strings.Cut(mail, "@")
	_, link, err := u.accounts.Invite(u.ctx, authz.Who{}, account.Newcomer{
		Name: name, Mail: mail, Lang: u.pack.Language(), Role: authz.Role(role),
	})
	if err != nil {
		return "", u.explain(err)
	}
	return u.address(link), nil
}

// Link gives an address at which the account's owner sets a new password, once.
func (u *Users) Link(mail string) (string, error) {
	a, err := u.accounts.Find(u.ctx, mail)
	if err != nil {
		return "", u.explain(err)
	}
	link, err := u.accounts.NewLink(u.ctx, authz.Who{}, a.ID)
	if err != nil {
		return "", u.explain(err)
	}
	return u.address(link), nil
}

// SetRole gives an account another role.
func (u *Users) SetRole(mail, role string) error {
	if !authz.Role(role).Valid() || authz.Role(role) == authz.Visitor {
		return fmt.Errorf("role %q: one of %v", role, authz.Roles()[1:])
	}
	a, err := u.accounts.Find(u.ctx, mail)
	if err != nil {
		return u.explain(err)
	}
	return u.explain(u.accounts.SetRole(u.ctx, authz.Who{}, a.ID, authz.Role(role)))
}

// Deactivate keeps an account from signing in, and ends its sessions.
func (u *Users) Deactivate(mail string) error {
	a, err := u.accounts.Find(u.ctx, mail)
	if err != nil {
		return u.explain(err)
	}
	return u.explain(u.accounts.Suspend(u.ctx, authz.Who{}, a.ID))
}

// address is a link on the territory's site. Behind a proxy it is https; a host of this machine is not.
func (u *Users) address(link account.Link) string {
	scheme := "https"
	if strings.HasSuffix(u.pack.Hosts[0], "localhost") {
		scheme = "http"
	}
	return scheme + "://" + u.pack.Hosts[0] + link.Path()
}

// explain puts a problem into the sentences that a person would read, for whoever runs the machine.
func (u *Users) explain(err error) error {
	return explain(u.pack, u.pack.Language(), err)
}

// explain puts a problem into sentences, behind what was being done.
func explain(pack *org.Pack, lang string, err error) error {
	var p *problem.Error
	if !errors.As(err, &p) || p.Key == "" && len(p.Fields) == 0 {
		return err
	}
	words, wrong := Words(pack)
	if wrong != nil {
		return err
	}
	say := words.Printer(lang, pack.Location(), pack.Currency)
	var sentences []string
	if p.Key != "" {
		sentences = append(sentences, say.T(p.Key, p.Args...))
	}
	for _, f := range p.Fields {
		sentences = append(sentences, f.Name+": "+say.T(f.Key, f.Args...))
	}
	doing, _ := strings.CutSuffix(err.Error(), p.Error())
	if doing == err.Error() {
		doing = ""
	}
	return errors.New(doing + strings.Join(sentences, "\n"))
}
