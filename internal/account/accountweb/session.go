package accountweb

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"parvis/internal/account"
	"parvis/internal/authz"
	"parvis/internal/problem"
	"parvis/internal/web"
)

// Names of the cookies. Over https they bear the prefix that binds them to this host (RFC 6265bis, section 4.1.3.2).
const (
	sessionCookie = "parvis"
	browserCookie = "parvis-browser"
	hostPrefix    = "__Host-"
)

// longestToken is more than any token of ours is long.
const longestToken = 100

func cookieName(name string, secure bool) string {
	if secure {
		return hostPrefix + name
	}
	return name
}

// sessions ties browsers to the sessions of the accounts.
type sessions struct {
	accounts *account.Service
	open     *scs.SessionManager // over http, on the machine itself
	safe     *scs.SessionManager // over https
}

func newSessions(accounts *account.Service) sessions {
	manager := func(secure bool) *scs.SessionManager {
		m := scs.New()
		m.Lifetime = 180 * 24 * time.Hour // of a cookie that stays; when the session ends is the accounts' business
		m.Store, m.Codec, m.HashTokenInStore = store{accounts}, values{}, true
		m.Cookie = scs.SessionCookie{Name: cookieName(sessionCookie, secure), Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode}
		return m
	}
	return sessions{accounts: accounts, open: manager(false), safe: manager(true)}
}

func (s sessions) manager(r *http.Request) *scs.SessionManager {
	if web.Secure(r) {
		return s.safe
	}
	return s.open
}

// visit is a session that serves, with its account; the zero visit is nobody's.
type visit struct {
	session account.Session
	account account.Account
}

// key is what a visit is kept under between the store and its reader.
const key = "visit"

// find gives the session of a request.
func (s sessions) find(r *http.Request) (visit, error) {
	m := s.manager(r)
	cookie, err := r.Cookie(m.Cookie.Name)
	if err != nil || cookie.Value == "" || len(cookie.Value) > longestToken {
		return visit{}, nil // no cookie, or none of ours
	}
	ctx, err := m.Load(r.Context(), cookie.Value)
	if err != nil {
		return visit{}, err
	}
	v, _ := m.Get(ctx, key).(visit)
	return v, nil
}

// begin signs an account in on this browser: a new session with a new token, and the one before ends.
func (s sessions) begin(w http.ResponseWriter, r *web.Request, a account.Account, proof account.Proof, stay bool) error {
	if err := mayBegin(r); err != nil {
		return err
	}
	m := s.manager(r.Request)
	if _, err := s.drop(r); err != nil {
		return err
	}
	ctx, err := m.Load(r.Context(), "")
	if err != nil {
		return err
	}
	stay = stay && account.MayStay(a.Role)
	m.Put(ctx, key, visit{account.Session{Account: a.ID, Browser: browserName(r.UserAgent()), Proof: proof, Fresh: stay}, a})
	m.RememberMe(ctx, stay)
	token, expires, err := m.Commit(ctx)
	if err != nil {
		return err
	}
	m.WriteSessionCookie(ctx, w, token, expires)
	return nil
}

// mayBegin refuses to send a session's token over an open network.
func mayBegin(r *web.Request) error {
	if web.Secure(r.Request) || web.OnThisMachine(r.Request) || r.Demo {
		return nil
	}
	return problem.New(problem.Forbidden, "signin.needs-https")
}

// end ends the session of a request, if there is one, and takes its cookie away.
func (s sessions) end(w http.ResponseWriter, r *web.Request) error {
	there, err := s.drop(r)
	if err == nil && there {
		s.manager(r.Request).WriteSessionCookie(r.Context(), w, "", time.Time{})
	}
	return err
}

// drop ends the session of a request, and says whether the browser has a cookie of one.
func (s sessions) drop(r *web.Request) (there bool, err error) {
	m := s.manager(r.Request)
	cookie, err := r.Cookie(m.Cookie.Name)
	if err != nil {
		return false, nil // there is none
	}
	if cookie.Value == "" || len(cookie.Value) > longestToken {
		return true, nil
	}
	ctx, err := m.Load(r.Context(), cookie.Value)
	if err != nil || m.Token(ctx) == "" {
		return true, err
	}
	return true, m.Destroy(ctx)
}

// store keeps scs's sessions as the accounts' own. What it is given as token is the token's hash.
type store struct{ accounts *account.Service }

var _ scs.CtxStore = store{}

// FindCtx gives a session that serves.
func (s store) FindCtx(ctx context.Context, hash string) ([]byte, bool, error) {
	session, a, ok, err := s.accounts.Resume(ctx, hash)
	if err != nil || !ok {
		return nil, false, err
	}
	b, err := encode(visit{session, a})
	return b, true, err
}

// CommitCtx begins a session. Sessions do not change afterwards.
func (s store) CommitCtx(ctx context.Context, hash string, b []byte, _ time.Time) error {
	v, err := decode(b)
	if err != nil {
		return err
	}
	stay := v.session.Fresh
	v.session.ID, v.session.Fresh = hash, false
	_, err = s.accounts.Begin(ctx, v.session, stay)
	return err
}

// DeleteCtx ends a session.
func (s store) DeleteCtx(ctx context.Context, hash string) error { return s.accounts.End(ctx, hash) }

var errNoContext = errors.New("a session needs its request's context")

// Find, Commit and Delete are there for scs's older interface and never called.
func (s store) Find(string) ([]byte, bool, error)      { return nil, false, errNoContext }
func (s store) Commit(string, []byte, time.Time) error { return errNoContext }
func (s store) Delete(string) error                    { return errNoContext }

// who is nobody when not signed in; the second value is the session.
func (room *Room) who(r *web.Request) (authz.Who, account.Session, error) {
	v, err := room.sessions.find(r.Request)
	if err == nil && v.session.ID == "" {
		err = problem.New(problem.Unauthenticated, "")
	}
	return v.account.Who(), v.session, err
}
