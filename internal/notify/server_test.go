package notify_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"net"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"sync"
	"testing"
)

// server is a small mail server: it speaks enough of RFC 5321, RFC 3207 and RFC 4954 to take letters in.
type server struct {
	addr     *net.TCPAddr
	roots    *x509.CertPool
	tls      *tls.Config
	noTLS    bool // does not offer STARTTLS
	user     string
	password string

	mu      sync.Mutex
	answers map[string][]string // to a command ("RCPT"), instead of the usual one, one after another
	letters []string
	seen    []string // commands
}

// newServer starts one, planned as the test wants it.
func newServer(t *testing.T, plan func(*server)) *server {
	t.Helper()
	certified := httptest.NewTLSServer(nil) // for its certificate, which is good for 127.0.0.1
	t.Cleanup(certified.Close)
	s := &server{roots: x509.NewCertPool(), tls: &tls.Config{Certificates: certified.TLS.Certificates, MinVersion: tls.VersionTLS12},
		answers: map[string][]string{}}
	s.roots.AddCert(certified.Certificate())
	if plan != nil {
		plan(s)
	}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s.addr = l.Addr().(*net.TCPAddr)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

func (s *server) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	text, signedIn := textproto.NewConn(conn), s.user == ""
	_ = text.PrintfLine("220 test ESMTP")
	for {
		line, err := text.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		switch answer := s.answer(strings.ToUpper(verb)); {
		case answer != "":
			_ = text.PrintfLine("%s", answer)
		case strings.EqualFold(verb, "EHLO"):
			_ = text.PrintfLine("250-test")
			if _, over := conn.(*tls.Conn); !over && !s.noTLS {
				_ = text.PrintfLine("250-STARTTLS")
			}
			_ = text.PrintfLine("250-ENHANCEDSTATUSCODES")
			_ = text.PrintfLine("250-AUTH PLAIN")
			_ = text.PrintfLine("250 8BITMIME")
		case strings.EqualFold(verb, "STARTTLS"):
			_ = text.PrintfLine("220 go ahead")
			conn = tls.Server(conn, s.tls)
			text = textproto.NewConn(conn)
		case strings.EqualFold(verb, "AUTH"):
			_, credentials, _ := strings.Cut(rest, " ")
			plain, _ := base64.StdEncoding.DecodeString(credentials)
			signedIn = string(plain) == "\x00"+s.user+"\x00"+s.password
			_ = text.PrintfLine("%s", map[bool]string{true: "235 welcome", false: "535 5.7.8 who are you"}[signedIn])
		case strings.EqualFold(verb, "QUIT"):
			_ = text.PrintfLine("221 bye")
			return
		case !signedIn && strings.EqualFold(verb, "MAIL"):
			_ = text.PrintfLine("530 5.7.0 sign in first")
		case strings.EqualFold(verb, "DATA"):
			_ = text.PrintfLine("354 go on")
			letter, _ := text.ReadDotBytes()
			s.mu.Lock()
			s.letters = append(s.letters, string(letter))
			s.mu.Unlock()
			_ = text.PrintfLine("250 2.0.0 taken over")
		default:
			_ = text.PrintfLine("250 2.0.0 fine")
		}
	}
}

func (s *server) answer(verb string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, verb)
	planned := s.answers[verb]
	if len(planned) == 0 {
		return ""
	}
	s.answers[verb] = planned[1:]
	return planned[0]
}

// taken are the letters that came in, and the commands that were said.
func (s *server) taken() (letters, seen []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.letters...), append([]string(nil), s.seen...)
}
