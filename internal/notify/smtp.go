package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"parvis/internal/clock"
	"parvis/internal/jobs"
)

// Security is how the way to the mail server is protected.
type Security string

// The ways.
const (
	StartTLS Security = "starttls" // the usual: begins open, and stops when the server does not go over to TLS
	TLS      Security = "tls"      // from the first byte
	Open     Security = "none"     // only to a server on this machine
)

// SMTP is the mail server that takes messages over, and who they come from.
type SMTP struct {
	Host     string
	Port     int // 587, with TLS 465, open 25 when zero
	Security Security
	User     string // empty: no sign-in
	Password string
	From     string // address
	FromName string
	ReplyTo  string         // address that a person reads; empty: From
	Helo     string         // this machine's name; its own when empty
	Roots    *x509.CertPool // whom to trust; the system's when nil
	Clock    clock.Clock    // the machine's when nil
	Timeout  time.Duration  // of each step; 30 seconds when zero
}

// NewSMTP checks a mail server's settings, without speaking to it.
func NewSMTP(s SMTP) (*SMTP, error) {
	if s.Security == "" {
		s.Security = StartTLS
	}
	if s.Port == 0 {
		s.Port = map[Security]int{StartTLS: 587, TLS: 465, Open: 25}[s.Security]
	}
	if s.Timeout == 0 {
		s.Timeout = 30 * time.Second
	}
	if s.Clock == nil {
		s.Clock = clock.System{}
	}
	switch s.Security {
	case StartTLS, TLS:
	case Open:
		if ip := net.ParseIP(s.Host); s.Host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return nil, fmt.Errorf("mail server %s: without TLS only on this machine", s.Host)
		}
	default:
		return nil, fmt.Errorf("mail server %s: security is starttls, tls or none, not %q", s.Host, s.Security)
	}
	for name, address := range map[string]string{"from": s.From, "reply-to": s.ReplyTo} {
		if _, err := mail.ParseAddress(address); err != nil && (name == "from" || address != "") {
			return nil, fmt.Errorf("mail server %s: the %s address %q is none", s.Host, name, address)
		}
	}
	if _, err := s.client(); err != nil {
		return nil, err
	}
	return &s, nil
}

func (s *SMTP) client() (*gomail.Client, error) {
	options := []gomail.Option{gomail.WithPort(s.Port), gomail.WithTimeout(s.Timeout),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12})}
	switch s.Security {
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS:
		options = append(options, gomail.WithSSL())
	case Open:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.Helo != "" {
		options = append(options, gomail.WithHELO(s.Helo))
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	client, err := gomail.NewClient(s.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("mail server %s: %w", s.Host, err)
	}
	return client, nil
}

// Send gives a message to the mail server.
func (s *SMTP) Send(ctx context.Context, m Message) (State, error) {
	letter, err := s.letter(m)
	if err != nil {
		return "", jobs.Dead(err)
	}
	client, err := s.client()
	if err != nil {
		return "", err
	}
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return "", fmt.Errorf("mail server %s: %w", s.Host, reached(err))
	}
	err = client.SendWithSMTPClient(session, letter)
	_ = client.CloseWithSMTPClient(session) // whatever the goodbye says: the letter is taken over or it is not
	if err != nil && !letter.IsDelivered() {
		return "", fmt.Errorf("mail server %s: %w", s.Host, refused(err))
	}
	return Sent, nil
}

// letter is a message as a mail.
func (s *SMTP) letter(m Message) (*gomail.Msg, error) {
	l := gomail.NewMsg()
	if err := l.FromFormat(s.FromName, s.From); err != nil {
		return nil, errors.New("the sender's address cannot be used")
	}
	if err := l.To(m.To); err != nil {
		return nil, errors.New("the recipient's address cannot be used")
	}
	if s.ReplyTo != "" {
		if err := l.ReplyTo(s.ReplyTo); err != nil {
			return nil, errors.New("the address for replies cannot be used")
		}
	}
	_, host, _ := strings.Cut(s.From, "@")
	l.SetMessageIDWithValue(m.ID + "@" + strings.Trim(host, "> "))
	l.SetDateWithValue(s.Clock.Now())
	l.SetGenHeader("Auto-Submitted", "auto-generated")
	l.SetGenHeader("Content-Language", m.Lang)
	l.Subject(m.Subject)
	l.SetBodyString(gomail.TypeTextPlain, m.Text)
	twin, err := twinOf(s.FromName, m)
	if err != nil {
		return nil, err
	}
	l.AddAlternativeString(gomail.TypeTextHTML, twin)
	return l, nil
}

// reached says why the server was not reached, without what it was asked.
func reached(err error) error {
	var network net.Error
	var op *net.OpError
	switch {
	case errors.As(err, &op):
		return fmt.Errorf("not reached (%s: %w)", op.Op, op.Err)
	case errors.As(err, &network) && network.Timeout():
		return errors.New("no answer in time")
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return fmt.Errorf("its certificate: %w", certificate.Err)
	}
	return errors.New("no session: " + firstCode(err.Error()))
}

// refused says what the server answered to a letter: its codes, which say enough and name nobody.
func refused(err error) error {
	var answer *gomail.SendError
	if !errors.As(err, &answer) {
		return reached(err)
	}
	said := fmt.Errorf("answered %d %s", answer.ErrorCode(), answer.EnhancedStatusCode())
	if answer.ErrorCode() >= 500 && !answer.IsTemp() {
		return jobs.Dead(said)
	}
	return said
}

// firstCode is the first number of three digits in an answer, or a word that there was none.
func firstCode(text string) string {
	for _, word := range strings.Fields(text) {
		if len(word) == 3 && word[0] >= '2' && word[0] <= '5' && strings.Trim(word, "0123456789") == "" {
			return "it answered " + word
		}
	}
	return "it spoke no SMTP that we know, or broke off"
}
