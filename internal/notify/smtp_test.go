package notify_test

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/id"
	"parvis/internal/jobs"
	"parvis/internal/notify"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func smtp(t *testing.T, s *server, change func(*notify.SMTP)) *notify.SMTP {
	t.Helper()
	settings := notify.SMTP{Host: "127.0.0.1", Port: s.addr.Port, From: "mairie@auch.example", FromName: "Ville d’Auch", Helo: "auch.example",
		Roots: s.roots, Clock: clock.At(noon), Timeout: 5 * time.Second}
	if change != nil {
		change(&settings)
	}
	sender, err := notify.NewSMTP(settings)
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

func letter() notify.Message {
	return notify.Message{ID: id.New(), To: "ana@example.org", Lang: "vi", Kind: "account.code", Subject: "Mã đăng nhập: Đà Nẵng",
		Text: "Chào bạn,\n\n123 456\n\nMã này dùng được trong 10 phút.\nhttps://auch.example/x?a=1&b=2."}
}

func TestALetterArrivesWhole(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(s *server) { s.user, s.password = "parvis", "s3cret canary" })
	m := letter()
	state, err := smtp(t, s, func(o *notify.SMTP) {
		o.User, o.Password, o.ReplyTo = "parvis", "s3cret canary", "accueil@auch.example"
	}).Send(t.Context(), m)
	if err != nil || state != notify.Sent {
		t.Fatal(state, err)
	}
	letters, seen := s.taken()
	if len(letters) != 1 || !slices.Contains(seen, "STARTTLS") || slices.Index(seen, "AUTH") < slices.Index(seen, "STARTTLS") {
		t.Fatalf("%d letters; said %v", len(letters), seen)
	}
	got, err := mail.ReadMessage(strings.NewReader(letters[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	from, err := got.Header.AddressList("From")
	if err != nil || from[0].Name != "Ville d’Auch" || from[0].Address != "mairie@auch.example" {
		t.Errorf("from %v, %v", from, err)
	}
	for name, want := range map[string]string{"Message-ID": "<" + m.ID + "@auch.example>", "To": "<ana@example.org>",
		"Reply-To": "<accueil@auch.example>", "Auto-Submitted": "auto-generated", "Content-Language": "vi",
		"Date": "Mon, 23 Nov 2026 12:00:00 +0000"} {
		if is := got.Header.Get(name); is != want {
			t.Errorf("%s: %q, want %q", name, is, want)
		}
	}
	text, html := parts(t, got)
	if strings.ReplaceAll(text, "\r\n", "\n") != m.Text {
		t.Errorf("text %q", text)
	}
	for _, want := range []string{`<html lang="vi">`, "Ville d’Auch", ">123 456</p>", `<a href="https://auch.example/x?a=1&amp;b=2">`, "10 phút.<br>"} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
}

// parts are the two forms of a letter.
func parts(t *testing.T, m *mail.Message) (text, html string) {
	t.Helper()
	kind, args, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatal(kind, err)
	}
	r := multipart.NewReader(m.Body, args["boundary"])
	var bodies []string
	for {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, string(body))
	}
	if len(bodies) != 2 {
		t.Fatalf("%d forms", len(bodies))
	}
	return bodies[0], bodies[1]
}

func TestMarkupInATextIsText(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	m := letter()
	m.Text = "<script>alert(1)</script> https://x.example/\"onclick=\"y"
	if _, err := smtp(t, s, nil).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	letters, _ := s.taken()
	got, err := mail.ReadMessage(strings.NewReader(letters[0]))
	if err != nil {
		t.Fatal(err)
	}
	if _, html := parts(t, got); strings.Contains(html, "<script") || strings.Contains(html, `"onclick`) {
		t.Errorf("mark-up came through: %s", html)
	}
}

func TestASubjectAddsNoHeader(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	m := letter()
	m.Subject = "Hello\r\nBcc: everybody@example.org"
	if _, err := smtp(t, s, nil).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	letters, _ := s.taken()
	if got, err := mail.ReadMessage(strings.NewReader(letters[0])); err != nil || got.Header.Get("Bcc") != "" {
		t.Errorf("a header came in: %v, %v", got, err)
	}
}

// Which troubles heal by themselves, and that none of them tells who was written to, or the password.
func TestTroubles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		plan  func(*server)
		way   func(*notify.SMTP)
		never bool
		says  string
	}{
		"full mailbox":    {plan: func(s *server) { s.answers["RCPT"] = []string{"452 4.2.2 <ana@example.org> is full"} }, says: "452"},
		"no such mailbox": {plan: func(s *server) { s.answers["RCPT"] = []string{"550 5.1.1 <ana@example.org> unknown"} }, never: true, says: "550 5.1.1"},
		"refused content": {plan: func(s *server) { s.answers["DATA"] = []string{"554 5.7.1 not from you"} }, never: true, says: "554"},
		"greylisted":      {plan: func(s *server) { s.answers["MAIL"] = []string{"451 4.7.1 later"} }, says: "451"},
		"wrong password": {plan: func(s *server) { s.user, s.password = "parvis", "other" },
			way: func(o *notify.SMTP) { o.User, o.Password = "parvis", "s3cret canary" }, says: "535"},
		"no starttls":       {plan: func(s *server) { s.noTLS = true }, says: "127.0.0.1"},
		"unknown authority": {plan: func(*server) {}, way: func(o *notify.SMTP) { o.Roots = newServer(t, nil).roots.Clone(); o.Host = "localhost" }, says: "localhost"},
		"nobody there":      {plan: func(*server) {}, way: func(o *notify.SMTP) { o.Port = 1 }, says: "refused"},
		"bad address":       {plan: func(*server) {}, never: true, says: "address"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, c.plan)
			m := letter()
			if name == "bad address" {
				m.To = "ana at example"
			}
			_, err := smtp(t, s, c.way).Send(t.Context(), m)
			if err == nil {
				t.Fatal("it passes")
			}
			if got := jobs.IsDead(err); got != c.never {
				t.Errorf("healed by no try: %v, want %v: %v", got, c.never, err)
			}
			for _, secret := range []string{"ana", "canary", "s3cret"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%q is in %q", secret, err)
				}
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("%q does not say %q", err, c.says)
			}
			if letters, _ := s.taken(); len(letters) != 0 {
				t.Error("and yet a letter came in")
			}
		})
	}
}

func TestSettingsAreChecked(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]notify.SMTP{
		"open to elsewhere": {Host: "mail.example.org", Security: notify.Open, From: "a@example.org"},
		"no sender":         {Host: "mail.example.org"},
		"odd security":      {Host: "mail.example.org", Security: "ssl", From: "a@example.org"},
		"no host":           {From: "a@example.org"},
		"odd reply address": {Host: "mail.example.org", From: "a@example.org", ReplyTo: "nobody"},
	} {
		if _, err := notify.NewSMTP(s); err == nil {
			t.Errorf("%s passes", name)
		}
	}
	for _, s := range []notify.SMTP{{Host: "mail.example.org", From: "a@example.org"}, {Host: "127.0.0.1", Security: notify.Open, From: "a@example.org"},
		{Host: "mail.example.org", Security: notify.TLS, From: "a@example.org"}} {
		got, err := notify.NewSMTP(s)
		if err != nil || got.Port == 0 {
			t.Errorf("%+v: %v", s, err)
		}
	}
}
