package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// check looks at what values mean, once each could be read.
func (l *loader) check() {
	c := l.config
	if _, port, err := net.SplitHostPort(c.Listen); err != nil || !isPort(port) {
		l.wrongValue("listen", "%q should be an address and a port, such as \"127.0.0.1:8080\" or \":8080\"", c.Listen)
	}
	if c.Data == "" {
		l.wrongValue("data", "it should name a folder")
	}
	l.checkDatabase()
	if !slices.Contains([]string{"text", "json"}, c.Log.Format) {
		l.wrongValue("log.format", "%q should be text or json", c.Log.Format)
	}
	l.checkMail()
	l.checkS3()
	if t := c.Metrics.Token.Reveal(); t != "" && len(t) < 16 {
		l.wrongValue("metrics.token", "it should have at least 16 characters; openssl rand -hex 16 makes one")
	}
	if a := c.Tiles.Address; a != "" && !isTiles(a) {
		l.wrongValue("tiles.address", "%q should be like https://tiles.example/{z}/{x}/{y}.mvt", a)
	}
	if c.Tiles.Address != "" && c.Tiles.File != "" {
		l.wrongValue("tiles.address", "choose one: tiles.file or tiles.address")
	}
}

// wrongValue tells of a value where it was set.
func (l *loader) wrongValue(key, format string, args ...any) {
	where := l.config.sources[key]
	if where == "" {
		where = Variable(key)
	}
	l.bad(where, "%s: %s", key, fmt.Sprintf(format, args...))
}

func (l *loader) checkDatabase() {
	db := l.config.Database
	if db.Readers < 0 {
		l.wrongValue("database.readers", "it should be 0 or more")
	}
	if db.MaxConns < 2 {
		l.wrongValue("database.max_conns", "it should be 2 or more")
	}
	if db.URL == "" {
		return
	}
	u, err := url.Parse(db.URL.Reveal()) // its error would print the password
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Host == "" || strings.Trim(u.Path, "/") == "" {
		l.wrongValue("database.url", "it should be like postgres://user:password@host:5432/name, or empty for SQLite")
	}
}

func (l *loader) checkMail() {
	m := l.config.Mail
	if !slices.Contains([]string{"starttls", "tls", "none"}, m.Security) {
		l.wrongValue("mail.security", "%q should be starttls, tls or none", m.Security)
	}
	if !isPort(strconv.Itoa(m.Port)) {
		l.wrongValue("mail.port", "%d should be from 1 to 65535; 587 and 465 are usual", m.Port)
	}
	if m.Host == "" {
		if m.From != "" || m.User != "" || m.Password != "" {
			l.config.Warnings = append(l.config.Warnings, "mail.host is not set, so nothing is sent; the other settings of mail do nothing")
		}
		return
	}
	if _, err := mail.ParseAddress(m.From); err != nil {
		l.wrongValue("mail.from", "%q should be a mail address, since mail.host is set", m.From)
	}
	if (m.User == "") != (m.Password == "") {
		l.wrongValue("mail.password", "mail.user and mail.password go together")
	}
	if m.Password != "" && m.Security == "none" {
		l.config.Warnings = append(l.config.Warnings, "mail.security: the password crosses the network unprotected")
	}
}

func (l *loader) checkS3() {
	s := l.config.S3
	if s.Bucket == "" {
		if s.Endpoint != "" {
			l.wrongValue("s3.bucket", "s3.endpoint is set, and the bucket is missing")
		}
		return
	}
	for key, value := range map[string]string{"s3.endpoint": s.Endpoint, "s3.key": s.Key, "s3.secret": s.Secret.Reveal()} {
		if value == "" {
			l.wrongValue(key, "it is missing, and s3.bucket is set")
		}
	}
	if strings.Contains(s.Endpoint, "/") {
		l.wrongValue("s3.endpoint", "%q should be a host and port alone; s3.plain says http or https", s.Endpoint)
	}
}

func isPort(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n >= 0 && n <= 65535 && text != ""
}

func isTiles(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" &&
		strings.Contains(address, "{z}") && strings.Contains(address, "{x}") && strings.Contains(address, "{y}")
}
